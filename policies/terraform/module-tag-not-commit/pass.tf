module "logs" {
  # v1.2.0
  source = "git::https://git.example.org/modules/logs.git?ref=8f1c2d3e4b5a69788796a5b4c3d2e1f001122334"
}

module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.8.1"
}
