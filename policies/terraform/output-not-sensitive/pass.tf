output "db_password" {
  description = "Of the database."
  value       = random_password.db.result
  sensitive   = true
}

output "secret_arn" {
  value = aws_secretsmanager_secret.db.arn
}

output "endpoint" {
  value = aws_db_instance.db.endpoint
}
