# Brings the database to where the code expects it; every deployment runs it first.
resource "google_cloud_run_v2_job" "migrate" {
  name                = "migrate"
  location            = var.region
  deletion_protection = false
  template {
    task_count = 1
    template {
      service_account = google_service_account.this["migrate"].email
      timeout         = "600s"
      # Each may be run again, which is what the platform advises.
      max_retries = 3
      volumes {
        name = "cloudsql"
        cloud_sql_instance {
          instances = [local.connection]
        }
      }
      containers {
        image   = var.api_image
        command = ["node"]
        args    = ["api/migrate.js"]
        resources {
          limits = { cpu = "1", memory = "512Mi" }
        }
        volume_mounts {
          name       = "cloudsql"
          mount_path = "/cloudsql"
        }
        dynamic "env" {
          for_each = local.environment["migrate"]
          content {
            name  = env.key
            value = env.value
          }
        }
        dynamic "env" {
          for_each = local.secret_environment["migrate"]
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

# Brings clips and songs from incoming/ in the bucket, or the demo library, into the catalogue; by hand.
resource "google_cloud_run_v2_job" "ingest" {
  name                = "ingest"
  location            = var.region
  deletion_protection = false
  template {
    task_count = 1
    template {
      service_account = google_service_account.this["ingest"].email
      timeout         = "3600s"
      # Each may be run again, which is what the platform advises.
      max_retries = 3
      volumes {
        name = "cloudsql"
        cloud_sql_instance {
          instances = [local.connection]
        }
      }
      volumes {
        name = "media"
        gcs {
          bucket    = google_storage_bucket.media.name
          read_only = true
        }
      }
      containers {
        image = var.ingest_image
        resources {
          limits = { cpu = "2", memory = "2Gi" }
        }
        volume_mounts {
          name       = "cloudsql"
          mount_path = "/cloudsql"
        }
        volume_mounts {
          name       = "media"
          mount_path = "/media"
        }
        dynamic "env" {
          for_each = local.environment["ingest"]
          content {
            name  = env.key
            value = env.value
          }
        }
        dynamic "env" {
          for_each = local.secret_environment["ingest"]
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

# Brings on tasks that nobody works on, should no instance of the API be there to do so.
resource "google_cloud_run_v2_job" "sweep" {
  name                = "sweep"
  location            = var.region
  deletion_protection = false
  template {
    task_count = 1
    template {
      service_account = google_service_account.this["api"].email
      timeout         = "120s"
      # Each may be run again, which is what the platform advises.
      max_retries = 3
      volumes {
        name = "cloudsql"
        cloud_sql_instance {
          instances = [local.connection]
        }
      }
      containers {
        image   = var.api_image
        command = ["node"]
        args    = ["api/tasks.js", "sweep"]
        resources {
          limits = { cpu = "1", memory = "512Mi" }
        }
        volume_mounts {
          name       = "cloudsql"
          mount_path = "/cloudsql"
        }
        dynamic "env" {
          for_each = local.environment["sweep"]
          content {
            name  = env.key
            value = env.value
          }
        }
        dynamic "env" {
          for_each = local.secret_environment["sweep"]
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

resource "google_cloud_scheduler_job" "sweep" {
  name             = "sweep"
  region           = var.region
  schedule         = "*/5 * * * *"
  attempt_deadline = "60s"
  retry_config {
    retry_count = 1
  }
  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.sweep.id}:run"
    oauth_token {
      service_account_email = google_service_account.this["scheduler"].email
    }
  }
}
