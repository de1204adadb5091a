# Songs and clips: hard to replace, so that what is deleted or replaced stays for a month. What is put under incoming/
# is for the job `ingest` to read; what lies under rendered/ was made by rendering jobs, and is made again where it is gone.
resource "google_storage_bucket" "media" {
  name                        = "${var.project_id}-media"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = true
  }
  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 30
    }
    action {
      type = "Delete"
    }
  }
  lifecycle_rule {
    condition {
      age            = 30
      matches_prefix = ["incoming/"]
      with_state     = "LIVE"
    }
    action {
      type = "Delete"
    }
  }
  lifecycle_rule {
    condition {
      age            = 30
      matches_prefix = ["rendered/"]
      with_state     = "LIVE"
    }
    action {
      type = "Delete"
    }
  }
  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 1
      matches_prefix             = ["rendered/"]
    }
    action {
      type = "Delete"
    }
  }
  soft_delete_policy {
    retention_duration_seconds = 604800
  }

  lifecycle {
    prevent_destroy = true
  }
}

# Finished videos, which are made anew from their blueprints, and videos of people's own (output/uploads/), which nobody can
# make anew: they do not go by age. The CDN serves this bucket and no other.
resource "google_storage_bucket" "output" {
  name                        = "${var.project_id}-output"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  cors {
    origin          = var.web_origins
    method          = ["GET", "HEAD"]
    response_header = ["Accept-Ranges", "Content-Length", "Content-Range", "Content-Type", "ETag", "Range"]
    max_age_seconds = 3600
  }

  dynamic "lifecycle_rule" {
    for_each = var.output_days > 0 ? [var.output_days] : []
    content {
      condition {
        age            = lifecycle_rule.value
        matches_prefix = ["output/choreography_"]
      }
      action {
        type = "Delete"
      }
    }
  }
  # A video that is deleted by mistake can be had back for a week.
  soft_delete_policy {
    retention_duration_seconds = 604800
  }
}
