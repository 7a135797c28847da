module "network" {
  source = "terraform-aws-modules/vpc/aws"
  cidr   = "10.0.0.0/16"
}

module "logs" {
  source = "git::https://git.example.org/modules/logs.git"
}

module "queue" {
  source = "github.com/example/queue//module?ref=main"
}

module "private" {
  source = "registry.example.org/team/cluster/aws"
}

module "ssh" {
  source = "git@github.com:example/queue.git"
}
