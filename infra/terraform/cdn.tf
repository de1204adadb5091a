resource "google_compute_backend_bucket" "output" {
  name             = "bachata-output"
  bucket_name      = google_storage_bucket.output.name
  enable_cdn       = true
  compression_mode = "DISABLED"
  # The rendering job says how long a video may be cached.
  cdn_policy {
    cache_mode                   = "USE_ORIGIN_HEADERS"
    signed_url_cache_max_age_sec = 86400
  }
  custom_response_headers = [
    "Strict-Transport-Security: max-age=31536000",
    "X-Content-Type-Options: nosniff",
  ]
}

resource "random_id" "cdn_key" {
  for_each    = toset(var.cdn_key_versions)
  byte_length = 16
}

resource "google_compute_backend_bucket_signed_url_key" "output" {
  for_each       = random_id.cdn_key
  name           = "key-${each.key}"
  key_value      = each.value.b64_url
  backend_bucket = google_compute_backend_bucket.output.name
}

# Cloud CDN reads the private bucket as this account, which exists once a signing key does.
resource "google_storage_bucket_iam_member" "cdn_reads_output" {
  bucket     = google_storage_bucket.output.name
  role       = "roles/storage.objectViewer"
  member     = "serviceAccount:service-${data.google_project.this.number}@cloud-cdn-fill.iam.gserviceaccount.com"
  depends_on = [google_compute_backend_bucket_signed_url_key.output]
}

resource "google_compute_global_address" "cdn" {
  name = "bachata-cdn"
}

# Another domain is another certificate, made before the one in use goes.
resource "google_compute_managed_ssl_certificate" "cdn" {
  name = "bachata-cdn-${substr(sha256(var.cdn_domain), 0, 8)}"
  managed {
    domains = [var.cdn_domain]
  }
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_ssl_policy" "cdn" {
  name            = "bachata-cdn"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_url_map" "cdn" {
  name            = "bachata-cdn"
  default_service = google_compute_backend_bucket.output.id
}

resource "google_compute_target_https_proxy" "cdn" {
  name             = "bachata-cdn"
  url_map          = google_compute_url_map.cdn.id
  ssl_certificates = [google_compute_managed_ssl_certificate.cdn.id]
  ssl_policy       = google_compute_ssl_policy.cdn.id
}

resource "google_compute_global_forwarding_rule" "cdn" {
  name                  = "bachata-cdn"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = google_compute_global_address.cdn.id
  port_range            = "443"
  target                = google_compute_target_https_proxy.cdn.id
}
