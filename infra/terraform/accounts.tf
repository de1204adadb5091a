# Each program runs as an account of its own.
resource "google_service_account" "this" {
  for_each     = toset(["api", "render", "ingest", "migrate", "scheduler"])
  account_id   = "bachata-${each.key}"
  display_name = "Bachata Buddy: ${each.key}"
}

locals {
  member = { for name, account in google_service_account.this : name => "serviceAccount:${account.email}" }

  # Who reads which secret.
  readers = merge(
    { for secret in setsubtract(local.secret_names, ["DATABASE_OWNER_URL"]) : "api ${secret}" => { account = "api", secret = secret } },
    { for account in ["render", "ingest"] : "${account} DATABASE_URL" => { account = account, secret = "DATABASE_URL" } },
    { "migrate DATABASE_OWNER_URL" = { account = "migrate", secret = "DATABASE_OWNER_URL" } },
  )

  # Who may do what in which bucket. A video is written once, which takes no right to delete one. Ingest writes songs, clips
  # and what is prepared of them (prepared/).
  bucket_roles = {
    "api reads media"      = { account = "api", bucket = google_storage_bucket.media.name, role = "roles/storage.objectViewer" }
    "api reads output"     = { account = "api", bucket = google_storage_bucket.output.name, role = "roles/storage.objectViewer" }
    "render reads media"   = { account = "render", bucket = google_storage_bucket.media.name, role = "roles/storage.objectViewer" }
    "render reads output"  = { account = "render", bucket = google_storage_bucket.output.name, role = "roles/storage.objectViewer" }
    "render writes output" = { account = "render", bucket = google_storage_bucket.output.name, role = "roles/storage.objectCreator" }
    "ingest writes media"  = { account = "ingest", bucket = google_storage_bucket.media.name, role = "roles/storage.objectUser" }
  }
}

resource "google_secret_manager_secret_iam_member" "reads" {
  for_each  = local.readers
  secret_id = google_secret_manager_secret.this[each.value.secret].id
  role      = "roles/secretmanager.secretAccessor"
  member    = local.member[each.value.account]
  # A grant that goes does so after the service that had it has been updated.
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_storage_bucket_iam_member" "this" {
  for_each = local.bucket_roles
  bucket   = each.value.bucket
  role     = each.value.role
  member   = local.member[each.value.account]
}

# What a job has to make on the way (a clip that is not prepared, another size, mixed joins) it keeps for the next, beside
# the songs and clips, where it can write nothing else.
resource "google_storage_bucket_iam_member" "render_keeps_rendered" {
  bucket = google_storage_bucket.media.name
  role   = "roles/storage.objectCreator"
  member = local.member["render"]
  condition {
    title      = "rendered"
    expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.media.name}/objects/rendered/\")"
  }
}

# Videos of one's own lie beside those of tasks, in a folder where the API may write, and delete what nobody refers to.
resource "google_storage_bucket_iam_member" "api_keeps_uploads" {
  bucket = google_storage_bucket.output.name
  role   = "roles/storage.objectUser"
  member = local.member["api"]
  condition {
    title      = "uploads"
    expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.output.name}/objects/output/uploads/\")"
  }
}

# Songs of users' own, which the API takes in and takes away.
resource "google_storage_bucket_iam_member" "api_keeps_own_songs" {
  bucket = google_storage_bucket.media.name
  role   = "roles/storage.objectUser"
  member = local.member["api"]
  condition {
    title      = "own songs"
    expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.media.name}/objects/songs/own/\")"
  }
}

# Listening samples of songs that were brought in before there were such; what is there it can neither change nor delete.
resource "google_storage_bucket_iam_member" "api_prepares_songs" {
  bucket = google_storage_bucket.media.name
  role   = "roles/storage.objectCreator"
  member = local.member["api"]
  condition {
    title      = "prepared songs"
    expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.media.name}/objects/prepared/songs/\")"
  }
}

resource "google_project_iam_member" "connects_to_database" {
  for_each = toset(["api", "render", "ingest", "migrate"])
  project  = var.project_id
  role     = "roles/cloudsql.client"
  member   = local.member[each.key]
}

# The API starts the rendering job with a task's id, cancels its executions, and starts no other job.
resource "google_cloud_run_v2_job_iam_member" "api_starts_render" {
  name     = google_cloud_run_v2_job.render.name
  location = var.region
  role     = "roles/run.jobsExecutorWithOverrides"
  member   = local.member["api"]
}

# It looks at that job's executions, which the role above does not let it.
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
