//! A child with and without its parent.

use insta::assert_snapshot;

use model::TreePath;

use super::DETECTOR;
use crate::CompanionFile;
use crate::hostile::survives;
use crate::listing::{list, run, run_with};

const WITH_PARENT_FILE: &str = include_str!("../../../../../fixtures/lockfiles/maven/child/pom.xml");
const WITH_PARENT_COMPANION: &[u8] = include_bytes!("../../../../../fixtures/lockfiles/maven/pom.xml");

#[test]
fn with_parent() {
    assert_snapshot!(list(&run_with(&DETECTOR, "app/child/pom.xml", WITH_PARENT_FILE.as_bytes(), &[("app/pom.xml", WITH_PARENT_COMPANION)])), @r"
    pkg:maven/org.springframework/spring-core@5.3.21 · lines 13-16 · Direct · Runtime
    pkg:maven/junit/junit@4.13.2 · lines 18-20 · Direct · Development
    pkg:maven/org.example/sibling@1.0.0 · lines 22-25 · Direct · Optional
    pkg:maven/javax.servlet/servlet-api@2.5 · lines 28-31 · Direct · Build
    pkg:maven/com.example/managed-elsewhere · lines 34-36 · Direct · Runtime
    pkg:maven/com.example/range · lines 38-41 · Direct · Runtime
    pkg:maven/com.example/looped · lines 43-46 · Direct · Runtime
    Warning Version line 34: the version of `com.example:managed-elsewhere` is not in this tree: it cannot be matched
    Warning Version line 38: the version of `com.example:range` is not in this tree: it cannot be matched
    Warning Version line 43: the version of `com.example:looped` is not in this tree: it cannot be matched
    Error Shape line 48: `${unknown}:x` uses a property that is not in this tree: it is not read
    Error Shape line 52: a dependency without a group or a name: it is not read
    Note Unsupported line 13: a pom.xml names what the project asks for: what that brings with it is not listed
    ");
}

#[test]
fn broken() {
    assert_snapshot!(list(&run(&DETECTOR, "app/child/pom.xml", &WITH_PARENT_FILE.as_bytes()[..WITH_PARENT_FILE.len() / 2])), @r"
    pkg:maven/org.springframework/spring-core · lines 13-16 · Direct · Runtime
    pkg:maven/junit/junit · lines 18-20 · Direct · Runtime
    pkg:maven/org.example/sibling@1.0.0 · lines 22-25 · Direct · Optional
    Error Syntax line 29: wrong XML, syntax error: tag not closed: `>` not found before end of input: from here on nothing is read
    Warning Version line 13: the version of `org.springframework:spring-core` is not in this tree: it cannot be matched
    Warning Version line 18: the version of `junit:junit` is not in this tree: it cannot be matched
    Error Shape line 28: a dependency without a group or a name: it is not read
    Note Unsupported line 13: a pom.xml names what the project asks for: what that brings with it is not listed
    ");
    assert_snapshot!(list(&run(&DETECTOR, "app/child/pom.xml", b"<>")), @r"Error Truncated line 1: the XML ends in the middle: what follows is missing");
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "app/child/pom.xml", WITH_PARENT_FILE.as_bytes());
}

#[test]
fn without_its_parent() {
    assert_snapshot!(list(&run(&DETECTOR, "child/pom.xml", WITH_PARENT_FILE.as_bytes())), @r"
    pkg:maven/org.springframework/spring-core · lines 13-16 · Direct · Runtime
    pkg:maven/junit/junit · lines 18-20 · Direct · Runtime
    pkg:maven/org.example/sibling@1.0.0 · lines 22-25 · Direct · Optional
    pkg:maven/javax.servlet/servlet-api@2.5 · lines 28-31 · Direct · Build
    pkg:maven/com.example/managed-elsewhere · lines 34-36 · Direct · Runtime
    pkg:maven/com.example/range · lines 38-41 · Direct · Runtime
    pkg:maven/com.example/looped · lines 43-46 · Direct · Runtime
    Warning Version line 13: the version of `org.springframework:spring-core` is not in this tree: it cannot be matched
    Warning Version line 18: the version of `junit:junit` is not in this tree: it cannot be matched
    Warning Version line 34: the version of `com.example:managed-elsewhere` is not in this tree: it cannot be matched
    Warning Version line 38: the version of `com.example:range` is not in this tree: it cannot be matched
    Warning Version line 43: the version of `com.example:looped` is not in this tree: it cannot be matched
    Error Shape line 48: `${unknown}:x` uses a property that is not in this tree: it is not read
    Error Shape line 52: a dependency without a group or a name: it is not read
    Note Unsupported line 13: a pom.xml names what the project asks for: what that brings with it is not listed
    ");
}

#[test]
fn profiles_and_a_parent_beside() {
    let text = r"<project>
  <parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version><relativePath>../build</relativePath></parent>
  <artifactId>child</artifactId>
  <dependencies><dependency><groupId>a</groupId><artifactId>always</artifactId><version>${chosen}</version></dependency></dependencies>
  <profiles>
    <profile>
      <id>usual</id><activation><activeByDefault>true</activeByDefault></activation>
      <properties><chosen>2</chosen></properties>
      <dependencies><dependency><groupId>a</groupId><artifactId>usual</artifactId><version>${of.parent}</version></dependency></dependencies>
    </profile>
    <profile>
      <id>other</id>
      <properties><chosen>3</chosen></properties>
      <dependencies><dependency><groupId>a</groupId><artifactId>other</artifactId><version>${chosen}</version></dependency></dependencies>
    </profile>
  </profiles>
</project>";
    let above = b"<project><groupId>g</groupId><artifactId>parent</artifactId><properties><of.parent>7</of.parent><chosen>1</chosen></properties></project>";
    let file = CompanionFile { path: &TreePath::new("x/app/pom.xml").expect("a path"), bytes: text.as_bytes() };
    assert_eq!(super::parent(&file), [TreePath::new("x/build/pom.xml").expect("a path")]);
    let parsed = run_with(&DETECTOR, "x/app/pom.xml", text.as_bytes(), &[("x/build/pom.xml", above)]);
    assert_snapshot!(list(&parsed), @r"
    pkg:maven/a/always@2 · line 4 · Direct · Runtime
    pkg:maven/a/usual@7 · line 9 · Direct · Runtime
    pkg:maven/a/other@3 · line 14 · Direct · Optional
    Note Unsupported line 4: a pom.xml names what the project asks for: what that brings with it is not listed
    ");
}
