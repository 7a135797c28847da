variable "db_password" {
  type        = string
  description = "Of the database."
}

variable "api_token" {
  type      = string
  sensitive = false
}
