module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.8"
}

module "private" {
  source  = "registry.example.org/team/cluster/aws"
  version = "1.4.0"
}

module "logs" {
  source = "git::https://git.example.org/modules/logs.git//bucket?ref=v1.2.0"
}

module "own" {
  source = "./modules/own"
}

module "above" {
  source = "../shared"
}

module "archive" {
  source = "https://artifacts.example.org/modules/vpc-1.2.0.zip"
}
