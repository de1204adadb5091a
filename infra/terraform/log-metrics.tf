# Figures that the programs' logs hold; alerts.tf watches them.
locals {
  log_counters = {
    silent_tasks     = { filter = "jsonPayload.message=\"a task is silent\"", label = "verdict" }
    render_errors    = { filter = "resource.type=\"cloud_run_job\" AND resource.labels.job_name=\"render\" AND severity>=ERROR", label = "stage" }
    gemini_fallbacks = { filter = "jsonPayload.message=(\"rules understand the sentence\" OR \"rules design the dance\")", label = "reason" }
  }
  log_distributions = {
    oldest_open_task_sec = { filter = "jsonPayload.message=\"open tasks\"", field = "oldestOpenSec", unit = "s" }
    queued_tasks         = { filter = "jsonPayload.message=\"open tasks\"", field = "queuedTasks", unit = "1" }
    failed_percent       = { filter = "jsonPayload.message=\"open tasks\"", field = "failedPercent", unit = "%" }
    render_elapsed_ms    = { filter = "jsonPayload.message=\"choreography video completed\"", field = "elapsedMs", unit = "ms" }
    video_bytes          = { filter = "jsonPayload.message=\"choreography video completed\"", field = "sizeBytes", unit = "By" }
  }
}

resource "google_logging_metric" "counter" {
  for_each = local.log_counters
  name     = "bachata/${each.key}"
  filter   = each.value.filter
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    labels {
      key        = each.value.label
      value_type = "STRING"
    }
  }
  label_extractors = {
    (each.value.label) = "EXTRACT(jsonPayload.${each.value.label})"
  }
}

resource "google_logging_metric" "distribution" {
  for_each        = local.log_distributions
  name            = "bachata/${each.key}"
  filter          = each.value.filter
  value_extractor = "EXTRACT(jsonPayload.${each.value.field})"
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = each.value.unit
  }
  bucket_options {
    exponential_buckets {
      num_finite_buckets = 64
      growth_factor      = 1.4
      scale              = 1
    }
  }
}
