locals {
  storage_environment = {
    STORAGE         = "gcs"
    GCS_BUCKET_NAME = google_storage_bucket.media.name
    GCP_PROJECT_ID  = var.project_id
  }
  launcher_environment = {
    JOB_LAUNCHER       = "cloud-run"
    CLOUD_RUN_JOB_NAME = "render"
    CLOUD_RUN_REGION   = var.region
  }
  api_environment = merge(local.storage_environment, local.launcher_environment, {
    CDN_BASE_URL         = "https://${var.cdn_domain}"
    CDN_SIGNING_KEY_NAME = google_compute_backend_bucket_signed_url_key.media.name
    CORS_ALLOWED_ORIGINS = join(",", var.web_origins)
    PUBLIC_URL           = var.public_url
    # Cloud Run's front end speaks to a container from link-local addresses.
    TRUSTED_PROXIES = "169.254.0.0/16"
  })
  api_secrets = toset(["DATABASE_URL", "JWT_SECRET", "CDN_SIGNING_KEY"])

  # One-shot programs. `sweep` and `migrate` are commands of the API's image.
  jobs = {
    ingest  = { image = var.ingest_image, args = null, command = null, environment = local.storage_environment, account = "ingest" }
    migrate = { image = var.api_image, args = ["api/migrate.js"], command = ["node"], environment = {}, account = "ingest" }
  }
}

resource "google_cloud_run_v2_service" "api" {
  name     = "api"
  location = var.region
  template {
    service_account = google_service_account.this["api"].email
    timeout         = "3600s"
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
      resources {
        limits = { cpu = "2", memory = "2Gi" }
        # Launching and watching over tasks goes on between requests.
        cpu_idle = false
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
        failure_threshold = 30
      }
      dynamic "env" {
        for_each = local.api_environment
        content {
          name  = env.key
          value = env.value
        }
      }
      dynamic "env" {
        for_each = local.api_secrets
        content {
          name = env.key
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this[env.key].secret_id
              version = "latest"
            }
          }
        }
      }
    }
  }
  depends_on = [google_secret_manager_secret_version.this, google_secret_manager_secret_iam_member.reads]
  # Images change by deployments.
  lifecycle {
    ignore_changes = [template[0].containers[0].image]
  }
}

# The API has logins of its own.
resource "google_cloud_run_v2_service_iam_member" "everybody" {
  name     = google_cloud_run_v2_service.api.name
  location = var.region
  role     = "roles/run.invoker"
  member   = "allUsers"
}

resource "google_cloud_run_v2_job" "render" {
  name     = "render"
  location = var.region
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
      containers {
        image = var.job_image
        resources {
          limits = { cpu = "4", memory = "4Gi" }
        }
        volume_mounts {
          name       = "cloudsql"
          mount_path = "/cloudsql"
        }
        dynamic "env" {
          for_each = local.storage_environment
          content {
            name  = env.key
            value = env.value
          }
        }
        env {
          name = "DATABASE_URL"
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this["DATABASE_URL"].secret_id
              version = "latest"
            }
          }
        }
      }
    }
  }
  depends_on = [google_secret_manager_secret_version.this, google_secret_manager_secret_iam_member.reads]
  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image]
  }
}

resource "google_cloud_run_v2_job" "sweep" {
  name     = "sweep"
  location = var.region
  template {
    template {
      service_account = google_service_account.this["api"].email
      timeout         = "55s"
      max_retries     = 0
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
        volume_mounts {
          name       = "cloudsql"
          mount_path = "/cloudsql"
        }
        dynamic "env" {
          for_each = merge(local.storage_environment, local.launcher_environment)
          content {
            name  = env.key
            value = env.value
          }
        }
        env {
          name = "DATABASE_URL"
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this["DATABASE_URL"].secret_id
              version = "latest"
            }
          }
        }
      }
    }
  }
  depends_on = [google_secret_manager_secret_version.this, google_secret_manager_secret_iam_member.reads]
}

resource "google_cloud_run_v2_job" "this" {
  for_each = local.jobs
  name     = each.key
  location = var.region
  template {
    template {
      service_account = google_service_account.this[each.value.account].email
      timeout         = "3600s"
      max_retries     = 0
      volumes {
        name = "cloudsql"
        cloud_sql_instance {
          instances = [local.connection]
        }
      }
      containers {
        image   = each.value.image
        command = each.value.command
        args    = each.value.args
        resources {
          limits = { cpu = "2", memory = "2Gi" }
        }
        volume_mounts {
          name       = "cloudsql"
          mount_path = "/cloudsql"
        }
        dynamic "env" {
          for_each = each.value.environment
          content {
            name  = env.key
            value = env.value
          }
        }
        env {
          name = "DATABASE_URL"
          value_source {
            secret_key_ref {
              secret  = google_secret_manager_secret.this["DATABASE_URL"].secret_id
              version = "latest"
            }
          }
        }
      }
    }
  }
  depends_on = [google_secret_manager_secret_version.this, google_secret_manager_secret_iam_member.reads]
  lifecycle {
    ignore_changes = [template[0].template[0].containers[0].image]
  }
}

resource "google_cloud_scheduler_job" "sweep" {
  name     = "sweep"
  region   = var.region
  schedule = "* * * * *"
  http_target {
    http_method = "POST"
    uri         = "https://run.googleapis.com/v2/${google_cloud_run_v2_job.sweep.id}:run"
    oauth_token {
      service_account_email = google_service_account.this["scheduler"].email
    }
  }
}

resource "google_artifact_registry_repository" "images" {
  repository_id = "bachata"
  location      = var.region
  format        = "DOCKER"
}
