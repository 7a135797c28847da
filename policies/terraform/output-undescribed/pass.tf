output "id" {
  description = "Of the network."
  value       = aws_vpc.main.id
}
