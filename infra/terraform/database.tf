resource "google_sql_database_instance" "main" {
  name                = "bachata"
  region              = var.region
  database_version    = "POSTGRES_16"
  deletion_protection = true
  settings {
    tier              = var.database_tier
    edition           = "ENTERPRISE"
    availability_type = "ZONAL"
    disk_autoresize   = true
    backup_configuration {
      enabled                        = true
      point_in_time_recovery_enabled = true
    }
  }
}

resource "google_sql_database" "main" {
  name     = "bachata_buddy"
  instance = google_sql_database_instance.main.name
}

resource "random_password" "database" {
  length  = 40
  special = false
}

resource "google_sql_user" "main" {
  name     = "bachata"
  instance = google_sql_database_instance.main.name
  password = random_password.database.result
}

resource "random_password" "jwt" {
  length  = 64
  special = false
}

locals {
  connection = google_sql_database_instance.main.connection_name
  secrets = {
    DATABASE_URL    = "postgres://${google_sql_user.main.name}:${random_password.database.result}@localhost/${google_sql_database.main.name}?host=${urlencode("/cloudsql/${local.connection}")}"
    JWT_SECRET      = random_password.jwt.result
    CDN_SIGNING_KEY = random_id.cdn_key.b64_url
  }
}

resource "google_secret_manager_secret" "this" {
  for_each  = toset(["DATABASE_URL", "JWT_SECRET", "CDN_SIGNING_KEY"])
  secret_id = each.key
  replication {
    auto {}
  }
}

resource "google_secret_manager_secret_version" "this" {
  for_each    = google_secret_manager_secret.this
  secret      = each.value.id
  secret_data = local.secrets[each.key]
}
