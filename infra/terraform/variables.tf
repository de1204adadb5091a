variable "project_id" {
  description = "Google Cloud project that holds everything."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "Region of the services, the database and the bucket."
  type        = string
  default     = "europe-west1"
}

variable "api_image" {
  description = "Image of the API, by tag of a commit or by digest."
  type        = string
  validation {
    condition     = !endswith(var.api_image, ":latest")
    error_message = "Name a commit's tag or a digest, not latest."
  }
}

variable "job_image" {
  description = "Image of the rendering job, by tag of a commit or by digest."
  type        = string
  validation {
    condition     = !endswith(var.job_image, ":latest")
    error_message = "Name a commit's tag or a digest, not latest."
  }
}

variable "ingest_image" {
  description = "Image of the ingest job, by tag of a commit or by digest."
  type        = string
  validation {
    condition     = !endswith(var.ingest_image, ":latest")
    error_message = "Name a commit's tag or a digest, not latest."
  }
}

variable "public_url" {
  description = "Where the API is reached from outside, for links: https://api.example.com"
  type        = string
  validation {
    condition     = startswith(var.public_url, "https://")
    error_message = "An address that begins with https://."
  }
}

variable "cdn_domain" {
  description = "Domain name at which the CDN serves media. Its DNS record must name the address in the output cdn_address."
  type        = string
}

variable "web_origins" {
  description = "Origins of web pages that may call the API and play videos."
  type        = list(string)
  validation {
    condition     = alltrue([for origin in var.web_origins : startswith(origin, "https://") && !endswith(origin, "/")])
    error_message = "Origins such as https://example.com, without a slash at the end."
  }
}

variable "database_tier" {
  description = "Machine type of Cloud SQL."
  type        = string
  default     = "db-custom-1-3840"
}

variable "api_max_instances" {
  description = "Instances of the API at most. Each holds up to ten connections of the database."
  type        = number
  default     = 5
  validation {
    condition     = var.api_max_instances >= 1 && var.api_max_instances <= 100
    error_message = "1 to 100."
  }
}

variable "output_days" {
  description = "Days after which a finished video is deleted; 0 keeps them."
  type        = number
  default     = 0
}

variable "alert_email" {
  description = "Address that alerts go to."
  type        = string
}

variable "billing_account" {
  description = "Billing account of the budget; empty: no budget is made."
  type        = string
  default     = ""
}

variable "monthly_budget_eur" {
  description = "Monthly budget in euros; alerts at 50, 90 and 100 %."
  type        = number
  default     = 100
}
