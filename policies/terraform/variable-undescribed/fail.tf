variable "name" {
  type = string
}

variable "blank" {
  type        = string
  description = " "
}
