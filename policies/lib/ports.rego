# METADATA
# title: Ports that not everybody should reach
# description: Knows on which ports databases, caches, brokers and remote controls listen, most of which trust whoever gets through to them
package lib.ports

import rego.v1

# By number: what listens there.
internal := {
	22: "SSH",
	23: "Telnet",
	111: "the port mapper",
	389: "LDAP",
	445: "SMB",
	873: "rsync",
	1433: "SQL Server",
	1521: "Oracle Database",
	2049: "NFS",
	2181: "ZooKeeper",
	2375: "the Docker API",
	2376: "the Docker API",
	2379: "etcd",
	2380: "etcd",
	3306: "MySQL",
	3389: "RDP",
	4369: "Erlang's port mapper",
	5432: "PostgreSQL",
	5672: "AMQP",
	5900: "VNC",
	5984: "CouchDB",
	6379: "Redis",
	7474: "Neo4j",
	7687: "Neo4j",
	8086: "InfluxDB",
	8500: "Consul",
	9042: "Cassandra",
	9092: "Kafka",
	9200: "Elasticsearch",
	9300: "Elasticsearch",
	10250: "the kubelet",
	11211: "Memcached",
	15672: "the management of RabbitMQ",
	26257: "CockroachDB",
	27017: "MongoDB",
	28015: "RethinkDB",
	50000: "agents of Jenkins",
}
