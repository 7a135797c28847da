variable "db_password" {
  type        = string
  description = "Of the database."
  sensitive   = true
}

variable "api_token" {
  type      = string
  ephemeral = true
}

variable "create_access_key" {
  type    = bool
  default = false
}

variable "password_length" {
  type = number
}

variable "secret_name" {
  type = string
}
