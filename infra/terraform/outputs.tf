output "api_url" {
  description = "Where Cloud Run serves the API."
  value       = google_cloud_run_v2_service.api.uri
}

output "cdn_address" {
  description = "Address that the DNS record of cdn_domain must name."
  value       = google_compute_global_address.cdn.address
}

output "media_bucket" {
  description = "Bucket of songs and clips."
  value       = google_storage_bucket.media.name
}

output "output_bucket" {
  description = "Bucket of finished videos."
  value       = google_storage_bucket.output.name
}

output "image_repository" {
  description = "Where images are pushed to."
  value       = "${var.region}-docker.pkg.dev/${var.project_id}/${google_artifact_registry_repository.images.repository_id}"
}

output "github_variables" {
  description = "Variables of the environment `production` that the workflow `deploy` reads."
  value = {
    GCP_PROJECT_ID             = var.project_id
    GCP_REGION                 = var.region
    ARTIFACT_REPOSITORY        = google_artifact_registry_repository.images.repository_id
    WORKLOAD_IDENTITY_PROVIDER = google_iam_workload_identity_pool_provider.github.name
    DEPLOYER_SERVICE_ACCOUNT   = google_service_account.deployer.email
  }
}
