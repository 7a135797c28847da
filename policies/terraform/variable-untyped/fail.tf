variable "name" {
  description = "What it is called."
}

variable "empty" {}
