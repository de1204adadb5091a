resource "google_monitoring_notification_channel" "email" {
  display_name = "Bachata Buddy"
  type         = "email"
  labels       = { email_address = var.alert_email }
}

locals {
  service_filter  = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${google_cloud_run_v2_service.api.name}\""
  database_filter = "resource.type=\"cloudsql_database\" AND resource.labels.database_id=\"${var.project_id}:${google_sql_database_instance.main.name}\""
  job_filter      = "resource.type=\"cloud_run_job\" AND metric.type=\"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result=\"failed\""

  # Each is a heading of the runbook in docs/operations.md. A threshold is of what the aligner makes of a period; the
  # condition must hold for the duration.
  alerts = {
    "API answers 5xx" = {
      severity = "CRITICAL", above = 5, duration = "0s", period = "300s", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
      filter   = "${local.service_filter} AND metric.type=\"run.googleapis.com/request_count\" AND metric.labels.response_code_class=\"5xx\""
    }
    "API is slow" = {
      # Generations take seconds by design and streams an hour; half of all requests do not.
      severity = "WARNING", above = 1000, duration = "600s", period = "300s", aligner = "ALIGN_PERCENTILE_50", reducer = "REDUCE_MAX"
      filter   = "${local.service_filter} AND metric.type=\"run.googleapis.com/request_latencies\" AND metric.labels.response_code_class=\"2xx\""
    }
    "Rendering fails" = {
      severity = "ERROR", above = 2, duration = "0s", period = "600s", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
      filter   = "${local.job_filter} AND resource.labels.job_name=\"${google_cloud_run_v2_job.render.name}\""
    }
    "Rendering is slow" = {
      severity = "WARNING", above = 120000, duration = "900s", period = "900s", aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX"
      filter   = "resource.type=\"cloud_run_job\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.distribution["render_elapsed_ms"].name}\""
    }
    "Tasks fall silent" = {
      severity = "ERROR", above = 5, duration = "0s", period = "600s", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
      filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.counter["silent_tasks"].name}\""
    }
    "Tasks wait too long" = {
      severity = "ERROR", above = 1200, duration = "0s", period = "300s", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX"
      filter   = "resource.type=\"cloud_run_job\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.distribution["oldest_open_task_sec"].name}\""
    }
    "The queue grows" = {
      # More than the rendering jobs do in some minutes; at MAX_OPEN_TASKS (1,000) callers are refused.
      severity = "WARNING", above = 200, duration = "600s", period = "300s", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX"
      filter   = "resource.type=\"cloud_run_job\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.distribution["queued_tasks"].name}\""
    }
    "Choreographies fail" = {
      severity = "ERROR", above = 10, duration = "600s", period = "300s", aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX"
      filter   = "resource.type=\"cloud_run_job\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.distribution["failed_percent"].name}\""
    }
    "Sweeping fails" = {
      severity = "WARNING", above = 1, duration = "0s", period = "900s", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
      filter   = "${local.job_filter} AND resource.labels.job_name=\"${google_cloud_run_v2_job.sweep.name}\""
    }
    "Gemini is not used" = {
      severity = "WARNING", above = 20, duration = "0s", period = "3600s", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
      filter   = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.counter["gemini_fallbacks"].name}\""
    }
    "Database disk fills" = {
      severity = "WARNING", above = 0.85, duration = "900s", period = "300s", aligner = "ALIGN_MEAN", reducer = "REDUCE_MAX"
      filter   = "${local.database_filter} AND metric.type=\"cloudsql.googleapis.com/database/disk/utilization\""
    }
    "Database CPU is busy" = {
      severity = "WARNING", above = 0.85, duration = "900s", period = "300s", aligner = "ALIGN_MEAN", reducer = "REDUCE_MAX"
      filter   = "${local.database_filter} AND metric.type=\"cloudsql.googleapis.com/database/cpu/utilization\""
    }
    "Database connections run out" = {
      severity = "ERROR", above = floor(var.database_max_connections * 0.8), duration = "300s", period = "60s", aligner = "ALIGN_MAX", reducer = "REDUCE_SUM"
      filter   = "${local.database_filter} AND metric.type=\"cloudsql.googleapis.com/database/postgresql/num_backends\""
    }
  }
}

resource "google_monitoring_alert_policy" "threshold" {
  for_each              = local.alerts
  display_name          = each.key
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = [google_monitoring_notification_channel.email.id]
  conditions {
    display_name = each.key
    condition_threshold {
      filter          = each.value.filter
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.above
      duration        = each.value.duration
      aggregations {
        alignment_period     = each.value.period
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
      }
    }
  }
  documentation {
    mime_type = "text/markdown"
    content   = "${var.runbook_url}#${lower(replace(each.key, " ", "-"))}"
  }
}

# The scheduler itself may be what stands still.
resource "google_monitoring_alert_policy" "no_sweep" {
  display_name          = "Nothing sweeps"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = [google_monitoring_notification_channel.email.id]
  conditions {
    display_name = "Nothing sweeps"
    condition_absent {
      filter   = "resource.type=\"cloud_run_job\" AND resource.labels.job_name=\"${google_cloud_run_v2_job.sweep.name}\" AND metric.type=\"run.googleapis.com/job/completed_execution_count\""
      duration = "1800s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
  documentation {
    mime_type = "text/markdown"
    content   = "${var.runbook_url}#nothing-sweeps"
  }
}

# Cloud SQL says of each backup window how it went.
resource "google_monitoring_alert_policy" "backup" {
  display_name          = "A backup fails"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = [google_monitoring_notification_channel.email.id]
  conditions {
    display_name = "A backup fails"
    condition_matched_log {
      filter = join(" AND ", [
        "log_id(\"cloudaudit.googleapis.com/system_event\")",
        "protoPayload.methodName=\"cloudsql.instances.automatedBackup\"",
        "protoPayload.metadata.windowStatus=(\"STATUS_FAILED\" OR \"STATUS_ATTEMPT_FAILED\")",
      ])
    }
  }
  alert_strategy {
    notification_rate_limit {
      period = "3600s"
    }
  }
  documentation {
    mime_type = "text/markdown"
    content   = "${var.runbook_url}#a-backup-fails"
  }
}

# The CDN refuses what has no signature, and shows its certificate all the same.
resource "google_monitoring_uptime_check_config" "cdn" {
  display_name = "CDN has a certificate"
  timeout      = "10s"
  period       = "900s"
  http_check {
    path         = "/"
    port         = 443
    use_ssl      = true
    validate_ssl = true
    accepted_response_status_codes {
      status_class = "STATUS_CLASS_4XX"
    }
  }
  monitored_resource {
    type = "uptime_url"
    labels = {
      project_id = var.project_id
      host       = var.cdn_domain
    }
  }
}

# Google renews it a month ahead: whatever is in the way, its DNS record as a rule, is there for two weeks then.
resource "google_monitoring_alert_policy" "certificate" {
  display_name          = "A certificate expires"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = [google_monitoring_notification_channel.email.id]
  conditions {
    display_name = "A certificate expires"
    condition_threshold {
      filter          = "resource.type=\"uptime_url\" AND metric.type=\"monitoring.googleapis.com/uptime_check/time_until_ssl_cert_expires\" AND metric.labels.check_id=\"${google_monitoring_uptime_check_config.cdn.uptime_check_id}\""
      comparison      = "COMPARISON_LT"
      threshold_value = 15
      duration        = "3600s"
      aggregations {
        alignment_period     = "1800s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_MIN"
      }
    }
  }
  documentation {
    mime_type = "text/markdown"
    content   = "${var.runbook_url}#a-certificate-expires"
  }
}

resource "google_monitoring_uptime_check_config" "api" {
  display_name = "API is ready"
  timeout      = "10s"
  period       = "60s"
  http_check {
    path         = "/api/ready"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }
  monitored_resource {
    type = "uptime_url"
    labels = {
      project_id = var.project_id
      host       = trimprefix(google_cloud_run_v2_service.api.uri, "https://")
    }
  }
}

resource "google_monitoring_alert_policy" "unreachable" {
  display_name          = "API is unreachable"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = [google_monitoring_notification_channel.email.id]
  conditions {
    display_name = "API is unreachable"
    condition_threshold {
      filter          = "resource.type=\"uptime_url\" AND metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id=\"${google_monitoring_uptime_check_config.api.uptime_check_id}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "120s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
        group_by_fields      = ["resource.label.host"]
      }
    }
  }
  documentation {
    mime_type = "text/markdown"
    content   = "${var.runbook_url}#api-is-unreachable"
  }
}
