resource "google_cloud_run_v2_service" "api" {
  name                = "api"
  location            = var.region
  deletion_protection = true
  # Everybody may call: the API has logins of its own. A grant to `allUsers` would be refused where an organisation shares
  # with its own domain alone.
  invoker_iam_disabled = true
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
    # Videos of one's own on their way to the bucket: memory, with room for what the API receives at once
    # (UPLOADS_AT_ONCE_MAX_MB) and for songs that it listens to.
    volumes {
      name = "uploads"
      empty_dir {
        medium     = "MEMORY"
        size_limit = "${local.uploads_mib + 64}Mi"
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
      volume_mounts {
        name       = "uploads"
        mount_path = local.scratch_path
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
              secret  = google_secret_manager_secret.this[env.value].secret_id
              version = google_secret_manager_secret_version.this[env.value].version
            }
          }
        }
      }
    }
  }
  depends_on = [google_secret_manager_secret_iam_member.reads]
  # Deployments change the image and move the traffic.
  lifecycle {
    ignore_changes = [client, client_version, launch_stage, template[0].containers[0].image, traffic]
  }
}
