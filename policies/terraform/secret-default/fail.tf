variable "db_password" {
  type      = string
  default   = "changeme"
  sensitive = true
}

variable "url" {
  type    = string
  default = "postgres://app:hunter22@db.example.org/shop"
}
