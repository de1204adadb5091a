data "google_project" "this" {}

resource "google_service_account" "this" {
  for_each   = toset(["api", "render", "ingest", "scheduler"])
  account_id = "bachata-${each.key}"
}

locals {
  member = { for name, account in google_service_account.this : name => "serviceAccount:${account.email}" }
  # Who reads which secret.
  readers = {
    api-database = { account = "api", secret = "DATABASE_URL" }
    api-jwt      = { account = "api", secret = "JWT_SECRET" }
    api-cdn      = { account = "api", secret = "CDN_SIGNING_KEY" }
    render       = { account = "render", secret = "DATABASE_URL" }
    ingest       = { account = "ingest", secret = "DATABASE_URL" }
  }
}

resource "google_secret_manager_secret_iam_member" "reads" {
  for_each  = local.readers
  secret_id = google_secret_manager_secret.this[each.value.secret].id
  role      = "roles/secretmanager.secretAccessor"
  member    = local.member[each.value.account]
}

resource "google_project_iam_member" "database" {
  for_each = toset(["api", "render", "ingest"])
  project  = var.project_id
  role     = "roles/cloudsql.client"
  member   = local.member[each.key]
}

resource "google_storage_bucket_iam_member" "media" {
  for_each = toset(["api", "render", "ingest"])
  bucket   = google_storage_bucket.media.name
  role     = "roles/storage.objectUser"
  member   = local.member[each.key]
}

# The API starts the rendering job with a task's id, and no other job.
resource "google_cloud_run_v2_job_iam_member" "api_starts_render" {
  name     = google_cloud_run_v2_job.render.name
  location = var.region
  role     = "roles/run.jobsExecutorWithOverrides"
  member   = local.member["api"]
}

# It looks at that job's executions; the role above lets it cancel them.
resource "google_cloud_run_v2_job_iam_member" "api_sees_render" {
  name     = google_cloud_run_v2_job.render.name
  location = var.region
  role     = "roles/run.viewer"
  member   = local.member["api"]
}

resource "google_cloud_run_v2_job_iam_member" "scheduler_starts_sweep" {
  name     = google_cloud_run_v2_job.sweep.name
  location = var.region
  role     = "roles/run.invoker"
  member   = local.member["scheduler"]
}
