resource "google_artifact_registry_repository" "images" {
  repository_id = "bachata"
  location      = var.region
  format        = "DOCKER"
  # The last twenty of each image stay, for rollbacks; of the others, what is older than a month goes.
  cleanup_policies {
    id     = "keep-recent"
    action = "KEEP"
    most_recent_versions {
      keep_count = 20
    }
  }
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      older_than = "2592000s"
    }
  }
}
