# One bucket, as the programs have it: songs, clips and finished videos (output/…).
resource "google_storage_bucket" "media" {
  name                        = "${var.project_id}-media"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  cors {
    origin          = var.web_origins
    method          = ["GET", "HEAD"]
    response_header = ["Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "ETag"]
    max_age_seconds = 3600
  }

  dynamic "lifecycle_rule" {
    for_each = var.output_days > 0 ? [var.output_days] : []
    content {
      condition {
        age            = lifecycle_rule.value
        matches_prefix = ["output/"]
      }
      action {
        type = "Delete"
      }
    }
  }

  lifecycle_rule {
    condition {
      age = 1
    }
    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }
}

resource "random_id" "cdn_key" {
  byte_length = 16
}

resource "google_compute_backend_bucket" "media" {
  name        = "bachata-media"
  bucket_name = google_storage_bucket.media.name
  enable_cdn  = true
  cdn_policy {
    cache_mode                   = "USE_ORIGIN_HEADERS"
    signed_url_cache_max_age_sec = 86400
  }
}

resource "google_compute_backend_bucket_signed_url_key" "media" {
  name           = "media-1"
  key_value      = random_id.cdn_key.b64_url
  backend_bucket = google_compute_backend_bucket.media.name
}

# Cloud CDN reads the private bucket as this account, which exists once a signing key does.
resource "google_storage_bucket_iam_member" "cdn_reads" {
  bucket     = google_storage_bucket.media.name
  role       = "roles/storage.objectViewer"
  member     = "serviceAccount:service-${data.google_project.this.number}@cloud-cdn-fill.iam.gserviceaccount.com"
  depends_on = [google_compute_backend_bucket_signed_url_key.media]
}

resource "google_compute_global_address" "cdn" {
  name = "bachata-cdn"
}

resource "google_compute_managed_ssl_certificate" "cdn" {
  name = "bachata-cdn"
  managed {
    domains = [var.cdn_domain]
  }
}

resource "google_compute_url_map" "cdn" {
  name            = "bachata-cdn"
  default_service = google_compute_backend_bucket.media.id
}

resource "google_compute_target_https_proxy" "cdn" {
  name             = "bachata-cdn"
  url_map          = google_compute_url_map.cdn.id
  ssl_certificates = [google_compute_managed_ssl_certificate.cdn.id]
}

resource "google_compute_global_forwarding_rule" "cdn" {
  name                  = "bachata-cdn"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.cdn.id
  port_range            = "443"
  target                = google_compute_target_https_proxy.cdn.id
}
