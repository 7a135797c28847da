variable "db_password" {
  type      = string
  sensitive = true
}

variable "api_token" {
  type      = string
  default   = null
  sensitive = true
}

variable "client_secret" {
  type      = string
  default   = ""
  sensitive = true
}
