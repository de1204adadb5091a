# One execution renders one task: the API starts it, with the task's id.
resource "google_cloud_run_v2_job" "render" {
  name                = "render"
  location            = var.region
  deletion_protection = false
  launch_stage        = var.scratch_medium == "DISK" ? "BETA" : "GA"
  template {
    task_count = 1
    template {
      service_account = google_service_account.this["render"].email
      timeout         = "600s"
      # A task has three attempts; the API starts the others.
      max_retries = 0
      volumes {
        name = "cloudsql"
        cloud_sql_instance {
          instances = [local.connection]
        }
      }
      # A container's own file system is memory.
      volumes {
        name = "scratch"
        empty_dir {
          medium     = var.scratch_medium
          size_limit = "${var.scratch_gib}Gi"
        }
      }
      containers {
        image = var.job_image
        resources {
          limits = { cpu = tostring(var.render_cpu), memory = "${var.render_memory_gib}Gi" }
        }
        volume_mounts {
          name       = "cloudsql"
          mount_path = "/cloudsql"
        }
        volume_mounts {
          name       = "scratch"
          mount_path = local.scratch_path
        }
        dynamic "env" {
          for_each = local.environment["render"]
          content {
            name  = env.key
            value = env.value
          }
        }
        dynamic "env" {
          for_each = local.secret_environment["render"]
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
  }
  depends_on = [google_secret_manager_secret_iam_member.reads]
  lifecycle {
    ignore_changes = [client, client_version, launch_stage, template[0].template[0].containers[0].image]
  }
}
