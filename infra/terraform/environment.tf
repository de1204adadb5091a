# What each program is told; the secrets are in secrets.tf. Checked against what the programs read by
# infra/test/deployment/terraform.test.ts.
locals {
  scratch_path = "/scratch"
  # What an instance of the API receives of videos at once, in memory; whoever comes then is answered 503.
  uploads_mib = 512

  storage_environment = {
    STORAGE                = "gcs"
    GCS_BUCKET_NAME        = google_storage_bucket.media.name
    GCS_OUTPUT_BUCKET_NAME = google_storage_bucket.output.name
    GCP_PROJECT_ID         = var.project_id
  }
  tracing_environment = var.otlp_endpoint == "" ? {} : {
    OTEL_EXPORTER_OTLP_ENDPOINT = var.otlp_endpoint
  }
  launcher_environment = {
    JOB_LAUNCHER             = "cloud-run"
    CLOUD_RUN_JOB_NAME       = "render"
    CLOUD_RUN_REGION         = var.region
    CLOUD_RUN_MAX_EXECUTIONS = tostring(var.parallel_renders)
  }

  environment = {
    api = merge(local.storage_environment, local.launcher_environment, local.tracing_environment, {
      CDN_BASE_URL         = "https://${var.cdn_domain}"
      CDN_SIGNING_KEY_NAME = google_compute_backend_bucket_signed_url_key.output[var.cdn_key_versions[0]].name
      CORS_ALLOWED_ORIGINS = join(",", var.web_origins)
      PUBLIC_URL           = var.public_url != "" ? var.public_url : "https://api-${data.google_project.this.number}.${var.region}.run.app"
      # Cloud Run's front end speaks to a container from link-local addresses.
      TRUSTED_PROXIES        = "169.254.0.0/16"
      TASKS_KEPT_DAYS        = tostring(var.task_days)
      UPLOADS_AT_ONCE_MAX_MB = tostring(local.uploads_mib)
    })
    sweep = merge(local.storage_environment, local.launcher_environment, {
      LOG_LEVEL = "info"
    })
    render = merge(local.storage_environment, local.tracing_environment, {
      JOB_TEMP_DIR = local.scratch_path
    })
    ingest = local.storage_environment
    migrate = {
      DATABASE_PROGRAM_ROLE = local.program_role
    }
  }

  # Of the secrets, by program: the variable, and the secret that it holds. A new version of one makes a new revision.
  secret_environment = {
    api     = { for name in setsubtract(local.secret_names, ["DATABASE_OWNER_URL"]) : name => name }
    sweep   = { DATABASE_URL = "DATABASE_URL" }
    render  = { DATABASE_URL = "DATABASE_URL" }
    ingest  = { DATABASE_URL = "DATABASE_URL" }
    migrate = { DATABASE_URL = "DATABASE_OWNER_URL" }
  }
}
