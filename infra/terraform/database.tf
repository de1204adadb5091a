locals {
  # What programs may do in the database; no name of a user.
  program_role = "bachata_programs"
  # An instance of the API has a pool of ten and one connection that listens; while a release rolls out, the instances
  # of two revisions are there. A job has two, and twenty are for commands, migrations and Cloud SQL itself.
  needed_connections = 2 * 11 * var.api_max_instances + 2 * var.parallel_renders + 20
}

resource "google_sql_database_instance" "main" {
  name                = var.database_instance
  region              = var.region
  database_version    = "POSTGRES_16"
  deletion_protection = true
  settings {
    tier                        = var.database_tier
    edition                     = "ENTERPRISE"
    availability_type           = var.database_high_availability ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_autoresize             = true
    deletion_protection_enabled = true
    # Nobody gets in but by Cloud SQL's own proxy, which is what Cloud Run's /cloudsql is: the address has no
    # authorised network.
    connector_enforcement = "REQUIRED"
    ip_configuration {
      ipv4_enabled = true
      ssl_mode     = "ENCRYPTED_ONLY"
    }
    database_flags {
      name  = "max_connections"
      value = tostring(var.database_max_connections)
    }
    # Slower than this, a statement is in the log, without its values.
    database_flags {
      name  = "log_min_duration_statement"
      value = "1000"
    }
    backup_configuration {
      enabled                        = true
      start_time                     = "02:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7
      backup_retention_settings {
        retained_backups = 14
      }
    }
    maintenance_window {
      day          = 2
      hour         = 4
      update_track = "stable"
    }
    insights_config {
      query_insights_enabled = true
    }
  }

  lifecycle {
    precondition {
      condition     = local.needed_connections <= var.database_max_connections
      error_message = "The API and its jobs may need ${local.needed_connections} connections, the database takes ${var.database_max_connections}: raise database_max_connections (and database_tier), or lower api_max_instances or parallel_renders."
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
  keepers = { version = var.database_password_version }
}

resource "random_password" "database_owner" {
  length  = 40
  special = false
  keepers = { version = var.database_password_version }
}

# Owns the tables: migrations alone log in as it, and operators by way of their job.
resource "google_sql_user" "main" {
  name     = "bachata"
  instance = google_sql_database_instance.main.name
  password = random_password.database_owner.result
}

# Reads and writes rows: the programs. The role is made by the first migration, which is run before (docs/operations.md).
resource "google_sql_user" "program" {
  name           = "bachata_program"
  instance       = google_sql_database_instance.main.name
  password       = random_password.database.result
  database_roles = [local.program_role]
}
