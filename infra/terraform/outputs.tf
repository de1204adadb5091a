output "api_url" {
  description = "Where Cloud Run serves the API."
  value       = google_cloud_run_v2_service.api.uri
}

output "cdn_address" {
  description = "Address that the DNS record of cdn_domain must name."
  value       = google_compute_global_address.cdn.address
}

output "bucket" {
  description = "Bucket of songs, clips and finished videos."
  value       = google_storage_bucket.media.name
}

output "image_repository" {
  description = "Where images are pushed to."
  value       = "${var.region}-docker.pkg.dev/${var.project_id}/${google_artifact_registry_repository.images.repository_id}"
}
