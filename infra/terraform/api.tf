resource "google_cloud_run_v2_service" "api" {
  name                = "api"
  location            = var.region
  deletion_protection = true
  template {
    service_account = google_service_account.this["api"].email
    # Streams of task states end before (TASK_EVENTS_MAX_AGE_SEC).
    timeout                          = "3600s"
    max_instance_request_concurrency = 80
    scaling {
      min_instance_count = 1
      max_instance_count = var.api_max_instances
    }
    volumes {
      name = "cloudsql"
      cloud_sql_instance {
        instances = [local.connection]
      }
    }
    containers {
      image = var.api_image
      ports {
        container_port = 8080
      }
      resources {
        limits = { cpu = "2", memory = "2Gi" }
        # Launching and watching over tasks goes on between requests.
        cpu_idle          = false
        startup_cpu_boost = true
      }
      volume_mounts {
        name       = "cloudsql"
        mount_path = "/cloudsql"
      }
      startup_probe {
        http_get {
          path = "/api/ready"
        }
        period_seconds    = 2
        timeout_seconds   = 2
        failure_threshold = 30
      }
      # The process alone: one that waits for its database is not made better by a restart.
      liveness_probe {
        http_get {
          path = "/api/health"
        }
        period_seconds    = 15
        timeout_seconds   = 5
        failure_threshold = 4
      }
      dynamic "env" {
        for_each = local.environment["api"]
        content {
          name  = env.key
          value = env.value
        }
      }
      dynamic "env" {
        for_each = local.secret_environment["api"]
        content {
          name = env.key
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this[env.key].secret_id
              version = google_secret_manager_secret_version.this[env.key].version
            }
          }
        }
      }
    }
  }
  depends_on = [google_secret_manager_secret_iam_member.reads]
  # Deployments change the image and move the traffic.
  lifecycle {
    ignore_changes = [client, client_version, template[0].containers[0].image, traffic]
  }
}
