# Where ------------------------------------------------------------------------------------------------------------

variable "project_id" {
  description = "Google Cloud project that holds everything."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id: 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "Region of the service, the jobs, the database and the buckets."
  type        = string
  default     = "europe-west1"
  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.region))
    error_message = "A region such as europe-west1, not a zone."
  }
}

variable "public_url" {
  description = "Where the API is reached from outside, for links: https://api.example.com. Empty: Cloud Run's own address."
  type        = string
  default     = ""
  validation {
    condition     = var.public_url == "" || can(regex("^https://[^/]+$", var.public_url))
    error_message = "An address that begins with https:// and has no path."
  }
}

variable "cdn_domain" {
  description = "Domain name at which the CDN serves videos. Its DNS record must name the address in the output cdn_address."
  type        = string
  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.cdn_domain))
    error_message = "A domain name such as media.example.com."
  }
}

variable "web_origins" {
  description = "Origins of web pages that may call the API and play videos."
  type        = list(string)
  validation {
    condition     = alltrue([for origin in var.web_origins : can(regex("^https://[^/]+$", origin))])
    error_message = "Origins such as https://example.com, without a slash at the end."
  }
}

# Images: what the first apply starts. Later ones come by deployments, and Terraform leaves them alone. --------------

variable "api_image" {
  description = "Image of the API, by tag of a commit or by digest."
  type        = string
  validation {
    condition     = can(regex("(@sha256:[0-9a-f]{64}|:[^:/@]+)$", var.api_image)) && !endswith(var.api_image, ":latest")
    error_message = "Name a commit's tag or a digest, not latest."
  }
}

variable "job_image" {
  description = "Image of the rendering job, by tag of a commit or by digest."
  type        = string
  validation {
    condition     = can(regex("(@sha256:[0-9a-f]{64}|:[^:/@]+)$", var.job_image)) && !endswith(var.job_image, ":latest")
    error_message = "Name a commit's tag or a digest, not latest."
  }
}

variable "ingest_image" {
  description = "Image of the ingest job, by tag of a commit or by digest."
  type        = string
  validation {
    condition     = can(regex("(@sha256:[0-9a-f]{64}|:[^:/@]+)$", var.ingest_image)) && !endswith(var.ingest_image, ":latest")
    error_message = "Name a commit's tag or a digest, not latest."
  }
}

# Deployments --------------------------------------------------------------------------------------------------------

variable "github_repository" {
  description = "Repository whose workflow may deploy: owner/name."
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.github_repository))
    error_message = "A repository such as owner/name."
  }
}

variable "github_repository_id" {
  description = "Its number, which nobody gets by taking over a name: gh api repos/OWNER/NAME --jq .id"
  type        = string
  validation {
    condition     = can(regex("^[0-9]+$", var.github_repository_id))
    error_message = "Digits alone."
  }
}

# Sizes --------------------------------------------------------------------------------------------------------------

variable "api_max_instances" {
  description = "Instances of the API at most. Each holds up to eleven connections of the database."
  type        = number
  default     = 5
  validation {
    condition     = var.api_max_instances >= 1 && var.api_max_instances <= 100
    error_message = "1 to 100."
  }
}

variable "parallel_renders" {
  description = "Rendering jobs that run at once, two connections of the database each; more tasks wait in the queue. Nine disks of 10 GiB are what fits in the first quota of 100 GB."
  type        = number
  default     = 9
  validation {
    condition     = var.parallel_renders >= 1 && var.parallel_renders <= 1000
    error_message = "1 to 1000, which is what Cloud Run executes at once in a region."
  }
}

variable "render_cpu" {
  description = "CPUs of a rendering job; ffmpeg uses them all."
  type        = number
  default     = 4
  validation {
    condition     = contains([1, 2, 4, 8], var.render_cpu)
    error_message = "1, 2, 4 or 8."
  }
}

variable "render_memory_gib" {
  description = "Memory of a rendering job, in GiB. Its files lie on a disk of their own."
  type        = number
  default     = 4
  validation {
    condition     = var.render_memory_gib >= 2 && var.render_memory_gib <= 32
    error_message = "2 to 32; eight CPUs need at least 4."
  }
}

variable "scratch_medium" {
  description = "Where a rendering job makes its files: DISK (a preview of Cloud Run's, 10 GiB at least; quota 100 GB a region, so that nine jobs run at once until it is raised) or MEMORY (a part of render_memory_gib)."
  type        = string
  default     = "DISK"
  validation {
    condition     = contains(["DISK", "MEMORY"], var.scratch_medium)
    error_message = "DISK or MEMORY."
  }
}

variable "scratch_gib" {
  description = "Room for these files, in GiB: past it a job fails instead of taking its machine down."
  type        = number
  default     = 10
  validation {
    condition     = var.scratch_medium == "DISK" ? var.scratch_gib >= 10 : var.scratch_gib <= var.render_memory_gib - 1
    error_message = "On a disk at least 10; in memory at most render_memory_gib less 1."
  }
}

variable "database_instance" {
  description = "Name of the Cloud SQL instance: another one after a restore (docs/operations.md)."
  type        = string
  default     = "bachata"
}

variable "database_tier" {
  description = "Machine type of Cloud SQL: db-custom-CPUS-MEGABYTES."
  type        = string
  default     = "db-custom-2-7680"
  validation {
    condition     = startswith(var.database_tier, "db-custom-")
    error_message = "A custom machine type; shared ones are not covered by Google's service level."
  }
}

variable "database_max_connections" {
  description = "Connections that the database takes (max_connections). A change restarts it."
  type        = number
  default     = 200
  validation {
    condition     = var.database_max_connections >= 25 && var.database_max_connections <= 1000
    error_message = "25 to 1000."
  }
}

variable "database_high_availability" {
  description = "true: a second machine in another zone takes over by itself; about twice the price."
  type        = bool
  default     = false
}

variable "output_days" {
  description = "Days after which a finished video is deleted; 0 keeps them. Collections show it as gone."
  type        = number
  default     = 0
  validation {
    condition     = var.output_days >= 0 && floor(var.output_days) == var.output_days
    error_message = "Whole days, or 0."
  }
}

variable "task_days" {
  description = "Days after its end at which a task and its blueprint are removed, unless somebody has it in a collection; 0 keeps them. Its video goes by output_days."
  type        = number
  default     = 365
  validation {
    condition     = var.task_days >= 0 && floor(var.task_days) == var.task_days
    error_message = "Whole days, or 0."
  }
}

# Secrets ------------------------------------------------------------------------------------------------------------

variable "jwt_secret_versions" {
  description = "Names of the secrets that tokens are signed with: the one in use, then the one before it, whose tokens are still good. To rotate, put a new name in front; after seven days take the old one out."
  type        = list(string)
  default     = ["1"]
  validation {
    condition     = length(var.jwt_secret_versions) >= 1 && length(var.jwt_secret_versions) <= 2 && length(distinct(var.jwt_secret_versions)) == length(var.jwt_secret_versions)
    error_message = "One name or two different ones."
  }
}

variable "cdn_key_versions" {
  description = "Names of the keys that the CDN accepts, the one that the API signs with first. To rotate, put a new name in front; when the addresses have expired (SIGNED_URL_TTL_SEC, 6 hours) take the old one out."
  type        = list(string)
  default     = ["1"]
  validation {
    condition     = length(var.cdn_key_versions) >= 1 && length(var.cdn_key_versions) <= 3 && length(distinct(var.cdn_key_versions)) == length(var.cdn_key_versions)
    error_message = "One to three different names: a bucket's CDN has three keys at most."
  }
}

variable "database_password_version" {
  description = "Another value makes another password for the database."
  type        = string
  default     = "1"
}

variable "google_api_key" {
  description = "Key of the Gemini API; empty: rules understand sentences and order moves."
  type        = string
  default     = ""
  sensitive   = true
}

# Watching -----------------------------------------------------------------------------------------------------------

variable "alert_email" {
  description = "Address that alerts go to."
  type        = string
  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+$", var.alert_email))
    error_message = "One e-mail address."
  }
}

variable "runbook_url" {
  description = "Where docs/operations.md is read: alerts link to its headings."
  type        = string
  default     = "docs/operations.md"
}

variable "otlp_endpoint" {
  description = "Collector that traces are sent to, by OTLP over HTTP; empty: nothing is traced."
  type        = string
  default     = ""
  validation {
    condition     = var.otlp_endpoint == "" || can(regex("^https?://[^/]+", var.otlp_endpoint))
    error_message = "An address such as https://collector.example.com."
  }
}

variable "billing_account" {
  description = "Billing account of the budget; empty: no budget is made."
  type        = string
  default     = ""
}

variable "monthly_budget" {
  description = "Monthly budget, in the currency of the billing account; alerts at 50, 90 and 100 %."
  type        = number
  default     = 100
  validation {
    condition     = var.monthly_budget >= 1 && floor(var.monthly_budget) == var.monthly_budget
    error_message = "A whole number."
  }
}
