variable "name" {
  type        = string
  description = "What it is called."
}

variable "ports" {
  type    = list(number)
  default = [443]
}
