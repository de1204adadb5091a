resource "google_monitoring_notification_channel" "email" {
  display_name = "Bachata Buddy"
  type         = "email"
  labels       = { email_address = var.alert_email }
}

locals {
  alerts = {
    "API answers 5xx"           = { filter = "resource.type=\"cloud_run_revision\" AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"5xx\"", above = 0.1 }
    "Rendering executions fail" = { filter = "resource.type=\"cloud_run_job\" AND resource.labels.job_name=\"render\" AND metric.type=\"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result=\"failed\"", above = 0.01 }
    "Sweeping fails"            = { filter = "resource.type=\"cloud_run_job\" AND resource.labels.job_name=\"sweep\" AND metric.type=\"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result=\"failed\"", above = 0.01 }
  }
}

resource "google_monitoring_alert_policy" "rate" {
  for_each              = local.alerts
  display_name          = each.key
  combiner              = "OR"
  notification_channels = [google_monitoring_notification_channel.email.id]
  conditions {
    display_name = each.key
    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = "300s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_RATE"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}

resource "google_billing_budget" "monthly" {
  count           = var.billing_account == "" ? 0 : 1
  billing_account = var.billing_account
  display_name    = "Bachata Buddy"
  budget_filter {
    projects = ["projects/${data.google_project.this.number}"]
  }
  amount {
    specified_amount {
      currency_code = "EUR"
      units         = tostring(var.monthly_budget_eur)
    }
  }
  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1.0]
    content {
      threshold_percent = threshold_rules.value
    }
  }
}
