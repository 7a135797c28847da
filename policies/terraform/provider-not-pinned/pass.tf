terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
    random = "~> 3.6"
    terraform = {
      source = "terraform.io/builtin/terraform"
    }
  }
}
