resource "random_password" "jwt" {
  for_each = toset(var.jwt_secret_versions)
  length   = 64
  special  = false
}

locals {
  connection = google_sql_database_instance.main.connection_name
  # A socket has no address: the host in front is not looked at.
  database_place          = "@localhost/${google_sql_database.main.name}?host=${urlencode("/cloudsql/${local.connection}")}"
  database_url            = "postgres://${google_sql_user.program.name}:${random_password.database.result}${local.database_place}"
  database_owner_url      = "postgres://${google_sql_user.main.name}:${random_password.database_owner.result}${local.database_place}"
  has_previous_jwt_secret = length(var.jwt_secret_versions) > 1
  has_gemini              = nonsensitive(var.google_api_key != "")

  # By the name of the variable that it becomes.
  secrets = {
    DATABASE_URL        = local.database_url
    DATABASE_OWNER_URL  = local.database_owner_url
    JWT_SECRET          = random_password.jwt[var.jwt_secret_versions[0]].result
    JWT_SECRET_PREVIOUS = random_password.jwt[var.jwt_secret_versions[local.has_previous_jwt_secret ? 1 : 0]].result
    CDN_SIGNING_KEY     = random_id.cdn_key[var.cdn_key_versions[0]].b64_url
    GOOGLE_API_KEY      = var.google_api_key
  }
  # Those that there are.
  secret_names = toset(concat(
    ["DATABASE_URL", "DATABASE_OWNER_URL", "JWT_SECRET", "CDN_SIGNING_KEY"],
    local.has_previous_jwt_secret ? ["JWT_SECRET_PREVIOUS"] : [],
    local.has_gemini ? ["GOOGLE_API_KEY"] : [],
  ))
}

resource "google_secret_manager_secret" "this" {
  for_each  = local.secret_names
  secret_id = each.key
  replication {
    auto {}
  }
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_secret_manager_secret_version" "this" {
  for_each    = google_secret_manager_secret.this
  secret      = each.value.id
  secret_data = local.secrets[each.key]
  # What runs, and a revision that somebody goes back to, still start with the old one: it is disabled by hand when it is not
  # needed any more (docs/operations.md).
  deletion_policy = "ABANDON"
  lifecycle {
    create_before_destroy = true
  }
}
