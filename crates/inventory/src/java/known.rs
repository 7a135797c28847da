//! Well-known archives that do not say who publishes them: built by Gradle or Ant, or stripped of what Maven leaves. Without their
//! group no advisory could be matched with them, so it is told by the file's name and a folder that must be inside.

/// What a file name and a folder mean.
pub(super) struct Known {
    /// The name of the file without its version; with `*` at the end, how it begins.
    stem: &'static str,
    /// A folder of classes that is in the archive.
    pub(super) folder: &'static str,
    pub(super) group: &'static str,
    /// The artifact where the file is called otherwise.
    artifact: Option<&'static str>,
}

impl Known {
    /// The row of a file name. The first that fits counts.
    pub(super) fn of(stem: &str) -> Option<&'static Known> {
        KNOWN.iter().find(|known| match known.stem.strip_suffix('*') {
            Some(start) => stem.starts_with(start),
            None => stem == known.stem,
        })
    }

    /// The artifact of a file of this name.
    pub(super) fn artifact<'s>(&self, stem: &'s str) -> &'s str {
        self.artifact.unwrap_or(stem)
    }
}

const fn row(stem: &'static str, folder: &'static str, group: &'static str) -> Known {
    Known { stem, folder, group, artifact: None }
}

/// Published under the name of the artifact.
const fn alone(name: &'static str, folder: &'static str) -> Known {
    row(name, folder, name)
}

const SPRING: &str = "org/springframework/";
const COMMONS: &str = "org/apache/commons/";

static KNOWN: &[Known] = &[
    row("spring-boot*", "org/springframework/boot/", "org.springframework.boot"),
    row("spring-security-*", "org/springframework/security/", "org.springframework.security"),
    row("spring-aop", SPRING, "org.springframework"),
    row("spring-aspects", SPRING, "org.springframework"),
    row("spring-beans", SPRING, "org.springframework"),
    row("spring-context", SPRING, "org.springframework"),
    row("spring-context-support", SPRING, "org.springframework"),
    row("spring-core", SPRING, "org.springframework"),
    row("spring-expression", SPRING, "org.springframework"),
    row("spring-jcl", COMMONS, "org.springframework"),
    row("spring-jdbc", SPRING, "org.springframework"),
    row("spring-jms", SPRING, "org.springframework"),
    row("spring-messaging", SPRING, "org.springframework"),
    row("spring-orm", SPRING, "org.springframework"),
    row("spring-oxm", SPRING, "org.springframework"),
    row("spring-tx", SPRING, "org.springframework"),
    row("spring-web", SPRING, "org.springframework"),
    row("spring-webflux", SPRING, "org.springframework"),
    row("spring-webmvc", SPRING, "org.springframework"),
    row("spring-websocket", SPRING, "org.springframework"),
    Known {
        stem: "catalina",
        folder: "org/apache/catalina/",
        group: "org.apache.tomcat",
        artifact: Some("tomcat-catalina"),
    },
    Known { stem: "jasper", folder: "org/apache/jasper/", group: "org.apache.tomcat", artifact: Some("tomcat-jasper") },
    row("tomcat-embed-*", "org/apache/", "org.apache.tomcat.embed"),
    row("tomcat-coyote", "org/apache/coyote/", "org.apache.tomcat"),
    row("tomcat-websocket", "org/apache/tomcat/", "org.apache.tomcat"),
    row("tomcat-util*", "org/apache/tomcat/", "org.apache.tomcat"),
    row("bc*", "org/bouncycastle/", "org.bouncycastle"),
    alone("commons-beanutils", "org/apache/commons/beanutils/"),
    alone("commons-codec", "org/apache/commons/codec/"),
    alone("commons-collections", "org/apache/commons/collections/"),
    alone("commons-fileupload", "org/apache/commons/fileupload/"),
    alone("commons-httpclient", "org/apache/commons/httpclient/"),
    alone("commons-io", "org/apache/commons/io/"),
    alone("commons-lang", "org/apache/commons/lang/"),
    alone("commons-logging", "org/apache/commons/logging/"),
    alone("commons-net", "org/apache/commons/net/"),
    row("commons-collections4", COMMONS, "org.apache.commons"),
    row("commons-compress", COMMONS, "org.apache.commons"),
    row("commons-configuration2", COMMONS, "org.apache.commons"),
    row("commons-lang3", COMMONS, "org.apache.commons"),
    row("commons-text", COMMONS, "org.apache.commons"),
    alone("log4j", "org/apache/log4j/"),
    row("log4j-*", "org/apache/logging/", "org.apache.logging.log4j"),
    row("lucene-*", "org/apache/lucene/", "org.apache.lucene"),
    row("kafka-clients", "org/apache/kafka/", "org.apache.kafka"),
    row("elasticsearch", "org/elasticsearch/", "org.elasticsearch"),
    alone("aopalliance", "org/aopalliance/"),
    Known {
        stem: "atinject-jsr330-api",
        folder: "javax/inject/",
        group: "javax.inject",
        artifact: Some("javax.inject"),
    },
    row("guice", "com/google/inject/", "com.google.inject"),
    row("guice-*", "com/google/inject/", "com.google.inject.extensions"),
    row("guava", "com/google/common/", "com.google.guava"),
    row("gson", "com/google/gson/", "com.google.code.gson"),
    row("protobuf-java", "com/google/protobuf/", "com.google.protobuf"),
    row("jackson-annotations", "com/fasterxml/jackson/", "com.fasterxml.jackson.core"),
    row("jackson-core", "com/fasterxml/jackson/", "com.fasterxml.jackson.core"),
    row("jackson-databind", "com/fasterxml/jackson/", "com.fasterxml.jackson.core"),
    row("netty-*", "io/netty/", "io.netty"),
    row("grpc-*", "io/grpc/", "io.grpc"),
    row("micrometer-*", "io/micrometer/", "io.micrometer"),
    row("reactor-core", "reactor/core/", "io.projectreactor"),
    row("reactor-netty*", "reactor/netty/", "io.projectreactor.netty"),
    row("kotlin-*", "kotlin/", "org.jetbrains.kotlin"),
    row("okhttp", "okhttp3/", "com.squareup.okhttp3"),
    row("okio*", "okio/", "com.squareup.okio"),
    row("postgresql", "org/postgresql/", "org.postgresql"),
    row("mysql-connector-java", "com/mysql/", "mysql"),
    row("mysql-connector-j", "com/mysql/", "com.mysql"),
    row("h2", "org/h2/", "com.h2database"),
    row("snakeyaml", "org/yaml/snakeyaml/", "org.yaml"),
    row("logback-*", "ch/qos/logback/", "ch.qos.logback"),
    row("slf4j-*", "org/slf4j/", "org.slf4j"),
    row("xstream", "com/thoughtworks/xstream/", "com.thoughtworks.xstream"),
    row("xercesImpl", "org/apache/xerces/", "xerces"),
    row("xalan", "org/apache/xalan/", "xalan"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stem: &str, expected: Option<(&str, &str)>) {
        let found = Known::of(stem).map(|known| (known.group, known.artifact(stem)));
        assert_eq!(found, expected, "{stem}");
    }

    #[test]
    fn rows() {
        check("spring-web", Some(("org.springframework", "spring-web")));
        check("spring-boot-autoconfigure", Some(("org.springframework.boot", "spring-boot-autoconfigure")));
        check("catalina", Some(("org.apache.tomcat", "tomcat-catalina")));
        check("bcprov-jdk18on", Some(("org.bouncycastle", "bcprov-jdk18on")));
        check("spring-webhooks", None);
    }

    #[test]
    fn no_row_hides_another() {
        for (at, known) in KNOWN.iter().enumerate() {
            let stem = known.stem.strip_suffix('*').unwrap_or(known.stem);
            let first = KNOWN.iter().position(|other| std::ptr::eq(other, Known::of(stem).expect("its own row")));
            assert_eq!(first, Some(at), "{stem}");
        }
    }
}
