# A workflow of one repository, in its environment `production` and on its main branch, deploys as this account. No
# key of it exists.
resource "google_service_account" "deployer" {
  account_id   = "bachata-deployer"
  display_name = "Bachata Buddy: deployments"
}

resource "google_iam_workload_identity_pool" "github" {
  workload_identity_pool_id = "github"
  display_name              = "GitHub"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  workload_identity_pool_id          = google_iam_workload_identity_pool.github.workload_identity_pool_id
  workload_identity_pool_provider_id = "bachata-buddy"
  display_name                       = "Deployments"
  attribute_mapping = {
    "google.subject"          = "assertion.sub"
    "attribute.repository_id" = "assertion.repository_id"
  }
  attribute_condition = join(" && ", [
    "assertion.repository == '${var.github_repository}'",
    "assertion.repository_id == '${var.github_repository_id}'",
    "assertion.environment == 'production'",
    "assertion.ref == 'refs/heads/main'",
  ])
  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account_iam_member" "workflow_is_deployer" {
  service_account_id = google_service_account.deployer.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github.name}/attribute.repository_id/${var.github_repository_id}"
}

resource "google_artifact_registry_repository_iam_member" "deployer_pushes" {
  repository = google_artifact_registry_repository.images.name
  location   = var.region
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.deployer.member
}

resource "google_cloud_run_v2_service_iam_member" "deployer_updates_api" {
  name     = google_cloud_run_v2_service.api.name
  location = var.region
  role     = "roles/run.developer"
  member   = google_service_account.deployer.member
}

resource "google_cloud_run_v2_job_iam_member" "deployer_updates" {
  for_each = {
    ingest  = google_cloud_run_v2_job.ingest.name
    migrate = google_cloud_run_v2_job.migrate.name
    render  = google_cloud_run_v2_job.render.name
    sweep   = google_cloud_run_v2_job.sweep.name
  }
  name     = each.value
  location = var.region
  role     = "roles/run.developer"
  member   = google_service_account.deployer.member
}

# What an update becomes is an operation, which belongs to the project and to no service.
resource "google_project_iam_member" "deployer_watches" {
  project = var.project_id
  role    = "roles/run.viewer"
  member  = google_service_account.deployer.member
}

# A revision runs as its program's account; who deploys it must be allowed to let it.
resource "google_service_account_iam_member" "deployer_lets_run_as" {
  for_each           = { for name in ["api", "render", "ingest", "migrate"] : name => google_service_account.this[name].name }
  service_account_id = each.value
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.deployer.member
}
