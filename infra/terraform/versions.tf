terraform {
  required_version = ">= 1.9"
  # State holds secrets: a private, versioned bucket, named at `terraform init`.
  backend "gcs" {
    prefix = "bachata-buddy"
  }
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.45"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.6"
    }
  }
}

provider "google" {
  project               = var.project_id
  region                = var.region
  billing_project       = var.project_id
  user_project_override = true
  default_labels = {
    app        = "bachata-buddy"
    managed-by = "terraform"
  }
}

data "google_project" "this" {}
