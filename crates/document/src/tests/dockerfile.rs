//! Dockerfiles: the shape Conftest users know, with places.

use insta::assert_snapshot;
use model::{Format, NodeValue};

use super::{read, shown, shown_bytes};
use crate::Limits;

fn check(text: &str) -> String {
    shown(Format::Dockerfile, text)
}

/// One line an instruction: command, inner command, flags, values, form, stage, lines; then every value's place.
fn brief(text: &str) -> String {
    let (documents, problems) = read(Format::Dockerfile, text.as_bytes(), &Limits::default());
    let mut out = String::new();
    for instruction in documents.iter().flat_map(|document| document.root.as_array().unwrap_or_default()) {
        let json = |name: &str| instruction.get(name).map_or_else(String::new, |node| node.to_json().to_string());
        let form = if json("JSON") == "true" { " exec" } else { "" };
        let sub = if json("SubCmd") == "\"\"" { String::new() } else { format!(" {}", json("SubCmd")) };
        let lines = format!("{}-{}", json("StartLine"), json("EndLine"));
        let documents = json("Heredocs");
        out += &format!(
            "{} {}{sub}{form} {} {} {}{documents}\n",
            json("Stage"),
            json("Cmd"),
            json("Flags"),
            json("Value"),
            lines
        );
        for node in instruction.get("Value").and_then(|node| node.as_array()).unwrap_or_default() {
            let slice = &text[node.span.start.offset as usize..node.span.end.offset as usize];
            // Where nothing was joined or unescaped, the place holds the value itself.
            let NodeValue::String(value) = &node.value else { panic!("{node:?}") };
            let is_joined = slice.contains('\n') || slice.starts_with('"');
            assert!(is_joined || slice.eq_ignore_ascii_case(value), "{slice:?} {value:?}");
        }
    }
    for problem in problems {
        out += &format!("{:?} {:?} {:?} {}\n", problem.severity, problem.kind, problem.line, problem.message);
    }
    out
}

#[test]
fn all_members_and_places() {
    assert_snapshot!(check("# é\nFROM  nginx:1.27 AS web\nRUN apt-get update && \\\n    # why\n    apt-get install curl\n"), @r#"
    --- 0 dockerfile
    . [] 2:1-5:25
    [0] {} 2:1-2:24
    [0].Cmd = "from" 2:1-2:5 «FROM» key «FROM»
    [0].SubCmd = "" 2:1-2:24 «FROM  nginx:1.27 AS web» key «FROM  nginx:1.27 AS web»
    [0].Flags [] 2:1-2:24 key «FROM  nginx:1.27 AS web»
    [0].Value [] 2:7-2:24 key «nginx:1.27 AS web»
    [0].Value[0] = "nginx:1.27" 2:7-2:17 «nginx:1.27»
    [0].Value[1] = "AS" 2:18-2:20 «AS»
    [0].Value[2] = "web" 2:21-2:24 «web»
    [0].JSON = false 2:1-2:24 «FROM  nginx:1.27 AS web» key «FROM  nginx:1.27 AS web»
    [0].Stage = 0 2:1-2:24 «FROM  nginx:1.27 AS web» key «FROM  nginx:1.27 AS web»
    [0].Original = "FROM  nginx:1.27 AS web" 2:1-2:24 «FROM  nginx:1.27 AS web» key «FROM  nginx:1.27 AS web»
    [0].StartLine = 2 2:1-2:24 «FROM  nginx:1.27 AS web» key «FROM  nginx:1.27 AS web»
    [0].EndLine = 2 2:1-2:24 «FROM  nginx:1.27 AS web» key «FROM  nginx:1.27 AS web»
    [1] {} 3:1-5:25
    [1].Cmd = "run" 3:1-3:4 «RUN» key «RUN»
    [1].SubCmd = "" 3:1-5:25 «RUN apt-get update && \⏎    # why⏎    apt-get install curl» key «RUN apt-get update && \⏎    # why⏎    apt-get install curl»
    [1].Flags [] 3:1-5:25 key «RUN apt-get update && \⏎    # why⏎    apt-get install curl»
    [1].Value [] 3:5-5:25 key «apt-get update && \⏎    # why⏎    apt-get install curl»
    [1].Value[0] = "apt-get update &&     apt-get install curl" 3:5-5:25 «apt-get update && \⏎    # why⏎    apt-get install curl»
    [1].JSON = false 3:1-5:25 «RUN apt-get update && \⏎    # why⏎    apt-get install curl» key «RUN apt-get update && \⏎    # why⏎    apt-get install curl»
    [1].Stage = 0 3:1-5:25 «RUN apt-get update && \⏎    # why⏎    apt-get install curl» key «RUN apt-get update && \⏎    # why⏎    apt-get install curl»
    [1].Original = "RUN apt-get update &&     apt-get install curl" 3:1-5:25 «RUN apt-get update && \⏎    # why⏎    apt-get install curl» key «RUN apt-get update && \⏎    # why⏎    apt-get install curl»
    [1].StartLine = 3 3:1-5:25 «RUN apt-get update && \⏎    # why⏎    apt-get install curl» key «RUN apt-get update && \⏎    # why⏎    apt-get install curl»
    [1].EndLine = 5 3:1-5:25 «RUN apt-get update && \⏎    # why⏎    apt-get install curl» key «RUN apt-get update && \⏎    # why⏎    apt-get install curl»
    "#);
}

#[test]
fn values_of_each_instruction() {
    assert_snapshot!(brief(
        "ARG BASE=alpine VERSION\nfrom --platform=$X ${BASE}:3 as one\nENV A=1 B=\"two words\" C=a\\ b\nENV OLD the rest\n\
         LABEL a.b='c d'\nCOPY --from=one --chown=1:1 a b /dst/\nADD [\"a b\", \"/c\"]\nUSER app:app\nWORKDIR /a b\nEXPOSE 80 443/tcp\n\
         VOLUME /data /logs\nVOLUME [\"/x\"]\nSTOPSIGNAL SIGTERM\nMAINTAINER A B <a@b>\nSHELL [\"/bin/bash\", \"-c\"]\n\
         HEALTHCHECK --interval=5s CMD curl -f localhost\nHEALTHCHECK NONE\nHEALTHCHECK CMD [\"a\", \"b\"]\nONBUILD RUN echo hi\n\
         ONBUILD COPY --from=one x y\nENTRYPOINT [\"/app\", \"-\\u0076\"]\nCMD run it\nRUN --mount=type=secret,id=x cat\nRUN [not json\n"
    ), @r#"
    0 "arg" [] ["BASE=alpine","VERSION"] 1-1
    0 "from" ["--platform=$X"] ["${BASE}:3","as","one"] 2-2
    0 "env" [] ["A","1","=","B","\"two words\"","=","C","a\\ b","="] 3-3
    0 "env" [] ["OLD","the rest",""] 4-4
    0 "label" [] ["a.b","'c d'","="] 5-5
    0 "copy" ["--from=one","--chown=1:1"] ["a","b","/dst/"] 6-6
    0 "add" exec [] ["a b","/c"] 7-7
    0 "user" [] ["app:app"] 8-8
    0 "workdir" [] ["/a b"] 9-9
    0 "expose" [] ["80","443/tcp"] 10-10
    0 "volume" [] ["/data","/logs"] 11-11
    0 "volume" exec [] ["/x"] 12-12
    0 "stopsignal" [] ["SIGTERM"] 13-13
    0 "maintainer" [] ["A B <a@b>"] 14-14
    0 "shell" exec [] ["/bin/bash","-c"] 15-15
    0 "healthcheck" ["--interval=5s"] ["CMD","curl -f localhost"] 16-16
    0 "healthcheck" [] ["NONE"] 17-17
    0 "healthcheck" exec [] ["CMD","a","b"] 18-18
    0 "onbuild" "RUN" [] ["echo hi"] 19-19
    0 "onbuild" "COPY" ["--from=one"] ["x","y"] 20-20
    0 "entrypoint" exec [] ["/app","-v"] 21-21
    0 "cmd" [] ["run it"] 22-22
    0 "run" ["--mount=type=secret,id=x"] ["cat"] 23-23
    0 "run" [] ["[not json"] 24-24
    "#);
}

#[test]
fn stages_count_from_zero() {
    assert_snapshot!(brief("ARG X\nFROM a\nRUN x\nFROM b\nUSER u\nFROM c\n"), @r#"
    0 "arg" [] ["X"] 1-1
    0 "from" [] ["a"] 2-2
    0 "run" [] ["x"] 3-3
    1 "from" [] ["b"] 4-4
    1 "user" [] ["u"] 5-5
    2 "from" [] ["c"] 6-6
    "#);
}

#[test]
fn continued_lines() {
    assert_snapshot!(brief("FROM a\nRUN a \\  \n\n  # c\n  b \\\n  c\nENV A=1 \\\n    B=2\nCOPY [\"a\", \\\n \"b\"]\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "run" [] ["a   b   c"] 2-6
    0 "env" [] ["A","1","=","B","2","="] 7-8
    0 "copy" exec [] ["a","b"] 9-10
    "#);
    assert_snapshot!(brief("FROM a\nRUN echo \\\\\nUSER x\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "run" [] ["echo \\\\"] 2-2
    Error Syntax Some(3) it is not clear where an instruction starts here, part of the file was not read
    "#);
    assert_snapshot!(brief("# escape=`\nFROM a\nRUN dir C:\\ `\n  b\nUSER \\\n"), @r#"
    0 "from" [] ["a"] 2-2
    0 "run" [] ["dir C:\\   b"] 3-4
    0 "user" [] ["\\"] 5-5
    "#);
    assert_snapshot!(brief("FROM a\r\nRUN x \\\r\n  y\r\nUSER u\r\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "run" [] ["x   y"] 2-3
    0 "user" [] ["u"] 4-4
    "#);
    assert_snapshot!(brief("FROM a\nRUN x \\\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "run" [] ["x"] 2-2
    "#);
}

#[test]
fn here_documents_hold_no_instructions() {
    assert_snapshot!(brief("FROM a\nRUN <<EOF\nUSER root\nEOF\nRUN cat <<'E' > /x && echo é\nUSER nobody\nE\nUSER app\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "run" [] ["<<EOF"] 2-4["USER root\n"]
    0 "run" [] ["cat <<'E' > /x && echo é"] 5-7["USER nobody\n"]
    0 "user" [] ["app"] 8-8
    "#);
    assert_snapshot!(brief("FROM a\nCOPY <<A <<-B /dst\none\nA\n\ttwo\n\tB\nRUN a <<< b\nRUN echo \"<<X\"\nONBUILD RUN <<Z\nz\nZ\nUSER u\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "copy" [] ["<<A","<<-B","/dst"] 2-6["one\n","\ttwo\n"]
    0 "run" [] ["a <<< b"] 7-7
    0 "run" [] ["echo \"<<X\""] 8-8
    0 "onbuild" "RUN" [] ["<<Z"] 9-11["z\n"]
    0 "user" [] ["u"] 12-12
    "#);
    assert_snapshot!(brief("FROM a\nRUN <<EOF\nUSER root\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "run" [] ["<<EOF"] 2-3["USER root"]
    Error Truncated Some(2) here-document `EOF` has no end, all after it was taken for its text
    "#);
}

#[test]
fn broken_instructions_are_stepped_over() {
    assert_snapshot!(brief("FROM a\nFRUN x\nUSER u\nCOPY one\nSHELL x\nCMD y\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "user" [] ["u"] 3-3
    0 "cmd" [] ["y"] 6-6
    Error Syntax Some(2) no valid Dockerfile: unknown instruction 'FRUN', this instruction was not read
    Error Syntax Some(4) no valid Dockerfile: COPY instruction requires at least two arguments, this instruction was not read
    Error Syntax Some(5) no valid Dockerfile: expected JSON array, this instruction was not read
    "#);
    assert_snapshot!(brief("RUN x\nFROM a\nUSER u\n"), @r#"
    0 "from" [] ["a"] 2-2
    0 "user" [] ["u"] 3-3
    Error Syntax Some(1) no valid Dockerfile: expected FROM, this instruction was not read
    "#);
    assert_snapshot!(brief("USER u\n"), @"Error Shape Some(1) Dockerfile has no FROM, nothing can be built from it and it was not read");
    assert_snapshot!(brief("# nothing\n"), @"Error Shape Some(1) Dockerfile has no FROM, nothing can be built from it and it was not read");
    assert_snapshot!(brief("FROM {{ .Base }}\n{{ if .X }}\nUSER u\n{{ end }}\n"), @r#"
    Error Syntax Some(1) text looks like a template (`{{`): it must be rendered before it can be judged, and was not read
    Error Syntax Some(2) text looks like a template (`{{`): it must be rendered before it can be judged, and was not read
    Error Syntax Some(3) text looks like a template (`{{`): it must be rendered before it can be judged, and was not read
    Error Syntax Some(4) text looks like a template (`{{`): it must be rendered before it can be judged, and was not read
    Error Syntax Some(1) text looks like a template (`{{`): it must be rendered before it can be judged, and was not read
    "#);
    assert_snapshot!(brief("# escape=x\nFROM a\n"), @"Error Syntax Some(1) no valid Dockerfile: invalid escape 'x', the rest was not read");
    assert_snapshot!(brief("FROM a\nONBUILD ONBUILD RUN x\nONBUILD\nUSER u\n"), @r#"
    0 "from" [] ["a"] 1-1
    0 "user" [] ["u"] 4-4
    Error Syntax Some(2) no valid Dockerfile: ONBUILD ONBUILD is not allowed, this instruction was not read
    Error Syntax Some(3) no valid Dockerfile: unknown instruction '', this instruction was not read
    "#);
}

#[test]
fn bytes_that_are_no_text() {
    assert_snapshot!(shown_bytes(Format::Dockerfile, b"FROM a\nUSER \xff\n", &Limits::default()), @r#"
    --- 0 dockerfile
    . [] 1:1-1:7
    [0] {} 1:1-1:7
    [0].Cmd = "from" 1:1-1:5 «FROM» key «FROM»
    [0].SubCmd = "" 1:1-1:7 «FROM a» key «FROM a»
    [0].Flags [] 1:1-1:7 key «FROM a»
    [0].Value [] 1:6-1:7 key «a»
    [0].Value[0] = "a" 1:6-1:7 «a»
    [0].JSON = false 1:1-1:7 «FROM a» key «FROM a»
    [0].Stage = 0 1:1-1:7 «FROM a» key «FROM a»
    [0].Original = "FROM a" 1:1-1:7 «FROM a» key «FROM a»
    [0].StartLine = 1 1:1-1:7 «FROM a» key «FROM a»
    [0].EndLine = 1 1:1-1:7 «FROM a» key «FROM a»
    Error Syntax 2:1 no valid Dockerfile: USER instruction requires exactly one argument, this instruction was not read
    Error Encoding 2:6 text is not UTF-8 from here on, the rest was not read
    "#);
}

#[test]
fn byte_order_mark() {
    assert_snapshot!(brief("\u{feff}FROM a\nUSER u"), @r#"
    0 "from" [] ["a"] 1-1
    0 "user" [] ["u"] 2-2
    "#);
}

/// The members that Conftest gives, one line an instruction, without the flags behind ONBUILD that it leaves out.
fn as_conftest(instruction: &serde_json::Value) -> String {
    let is_onbuild = instruction["Cmd"] == "onbuild";
    let members = ["Cmd", "SubCmd", "JSON", "Stage", "Value"].map(|name| instruction[name].to_string());
    let flags = if is_onbuild { String::new() } else { instruction["Flags"].to_string() };
    format!("{} {flags}", members.join(" "))
}

#[test]
fn the_same_shape_as_conftest() {
    let folder = testkit::workspace().join("fixtures/documents/conftest");
    let text = std::fs::read(folder.join("Dockerfile")).expect("the fixture");
    let theirs = std::fs::read(folder.join("Dockerfile.json")).expect("what Conftest made of it");
    // Conftest gives a list of inputs, here of one.
    let theirs: Vec<Vec<serde_json::Value>> = serde_json::from_slice(&theirs).expect("valid JSON");
    let theirs: Vec<String> = theirs.concat().iter().map(as_conftest).collect();
    let (documents, problems) = read(Format::Dockerfile, &text, &Limits::default());
    assert_eq!(problems, []);
    let ours = documents[0].root.as_array().unwrap_or_default();
    let ours: Vec<String> = ours.iter().map(|instruction| as_conftest(&instruction.to_json())).collect();
    assert_eq!(ours.len(), 32);
    assert_eq!(ours, theirs);
}
