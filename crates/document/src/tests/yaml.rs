//! YAML: values, their places, what they mean to Kubernetes.

use insta::assert_snapshot;
use model::{Format, NodeValue};

use super::{read, shown, shown_bytes};
use crate::Limits;

fn check(text: &str) -> String {
    shown(Format::Yaml, text)
}

/// The JSON of the only document.
fn value(text: &str) -> String {
    let (documents, problems) = read(Format::Yaml, text.as_bytes(), &Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    documents.iter().map(|document| document.root.to_json().to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn places_of_keys_and_values() {
    assert_snapshot!(check("name: web\nports:\n  - 80\n  - {number: 443, tls: 'yes'}\nenv: [a, \"b\" , c]\n"), @r#"
    --- 0 plain
    . {} 1:1-5:18
    name = "web" 1:7-1:10 «web» key «name»
    ports [] 3:5-4:30 key «ports»
    ports[0] = 80 3:5-3:7 «80»
    ports[1] {} 4:5-4:30
    ports[1].number = 443 4:14-4:17 «443» key «number»
    ports[1].tls = "yes" 4:24-4:29 «'yes'» key «tls»
    env [] 5:6-5:18 key «env»
    env[0] = "a" 5:7-5:8 «a»
    env[1] = "b" 5:10-5:13 «"b"»
    env[2] = "c" 5:16-5:17 «c»
    "#);
}

#[test]
fn places_behind_other_alphabets() {
    assert_snapshot!(check("ключ: значение # ёж\n\"ñ\": 'ü' # é\nплан:\n  - 🚀 # 🚀\n  - image: nginx\n"), @r#"
    --- 0 plain
    . {} 1:1-5:17
    ключ = "значение" 1:7-1:15 «значение» key «ключ»
    ñ = "ü" 2:6-2:9 «'ü'» key «"ñ"»
    план [] 4:5-5:17 key «план»
    план[0] = "🚀" 4:5-4:6 «🚀»
    план[1] {} 5:5-5:17
    план[1].image = "nginx" 5:12-5:17 «nginx» key «image»
    "#);
}

#[test]
fn places_with_windows_line_ends_and_byte_order_mark() {
    assert_snapshot!(check("\u{feff}é: 1\r\nb:\r\n  - x\r\n  - |\r\n    l1\r\n    l2\r\nc: end"), @r#"
    --- 0 plain
    . {} 1:2-7:7
    é = 1 1:5-1:6 «1» key «é»
    b [] 3:5-6:7 key «b»
    b[0] = "x" 3:5-3:6 «x»
    b[1] = "l1\nl2\n" 5:5-6:7 «l1␍⏎    l2»
    c = "end" 7:4-7:7 «end» key «c»
    "#);
}

#[test]
fn block_scalars() {
    assert_snapshot!(check("run: |\n  один\n  two\n\nfold: >-\n  a\n  b\nlast: &x |2\n    deep\n"), @r#"
    --- 0 plain
    . {} 1:1-9:9
    run = "один\ntwo\n" 2:3-3:6 «один⏎  two» key «run»
    fold = "a b" 6:3-7:4 «a⏎  b» key «fold»
    last = "  deep\n" 9:5-9:9 «deep» key «last»
    "#);
}

#[test]
fn plain_scalars_over_lines() {
    assert_snapshot!(check("a: one\n  two\n\nb: 'x\n  y'  \nc: \"q\\\n  r\"\n"), @r#"
    --- 0 plain
    . {} 1:1-7:5
    a = "one two" 1:4-2:6 «one⏎  two» key «a»
    b = "x y" 4:4-5:5 «'x⏎  y'» key «b»
    c = "qr" 6:4-7:5 «"q\⏎  r"» key «c»
    "#);
}

#[test]
fn values_left_out() {
    assert_snapshot!(check("a:\nb: ~\nc: &n\nd: !!str\nlist:\n-\n- # none\n- x\n"), @r#"
    --- 0 plain
    . {} 1:1-8:4
    a = null 1:3-1:3 «» key «a»
    b = null 2:4-2:5 «~» key «b»
    c = null 3:4-3:6 «&n» key «c»
    d = "" 4:4-4:9 «!!str» key «d»
    list [] 6:2-8:4 key «list»
    list[0] = null 6:2-6:2 «»
    list[1] = null 7:9-7:9 «»
    list[2] = "x" 8:3-8:4 «x»
    "#);
}

#[test]
fn anchors_stand_where_they_are_written_aliases_where_they_are_used() {
    assert_snapshot!(check("base: &b\n  image: &i !!str nginx\n  list: &l [1]\nuse: *b\nname: *i\nseq: *l\n"), @r#"
    --- 0 plain
    . {} 1:1-6:8
    base {} 2:3-3:15 key «base»
    base.image = "nginx" 2:19-2:24 «nginx» key «image»
    base.list [] 3:12-3:15 key «list»
    base.list[0] = 1 3:13-3:14 «1»
    use {} 4:6-4:8 key «use»
    use.image = "nginx" 2:19-2:24 «nginx» key «image»
    use.list [] 3:12-3:15 key «list»
    use.list[0] = 1 3:13-3:14 «1»
    name = "nginx" 5:7-5:9 «*i» key «name»
    seq [] 6:6-6:8 key «seq»
    seq[0] = 1 3:13-3:14 «1»
    "#);
}

#[test]
fn merge_keys_bring_what_is_not_there() {
    assert_snapshot!(check("a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\none:\n  <<: *a\n  x: own\nboth:\n  w: 0\n  <<: [*a, *b]\n"), @r#"
    --- 0 plain
    . {} 1:1-8:15
    a {} 1:7-1:19 key «a»
    a.x = 1 1:11-1:12 «1» key «x»
    a.y = 2 1:17-1:18 «2» key «y»
    b {} 2:7-2:19 key «b»
    b.y = 3 2:11-2:12 «3» key «y»
    b.z = 4 2:17-2:18 «4» key «z»
    one {} 4:3-5:9 key «one»
    one.x = "own" 5:6-5:9 «own» key «x»
    one.y = 2 1:17-1:18 «2» key «y»
    both {} 7:3-8:15 key «both»
    both.w = 0 7:6-7:7 «0» key «w»
    both.x = 1 1:11-1:12 «1» key «x»
    both.y = 2 1:17-1:18 «2» key «y»
    both.z = 4 2:17-2:18 «4» key «z»
    "#);
    assert_snapshot!(value("a: {<<: {x: 1}, x: 2}\nb:\n  '<<': text\nc:\n  <<: {d: {<<: {e: 1}}}\n"), @r#"{"a":{"x":2},"b":{"<<":"text"},"c":{"d":{"e":1}}}"#);
}

#[test]
fn merge_keys_behind_keys_of_the_same_name() {
    assert_snapshot!(check("a: &a {x: 1, y: 2}\nb:\n  x: own\n  y: 2\n  <<: *a\n"), @r#"
    --- 0 plain
    . {} 1:1-5:9
    a {} 1:7-1:19 key «a»
    a.x = 1 1:11-1:12 «1» key «x»
    a.y = 2 1:17-1:18 «2» key «y»
    b {} 3:3-5:9 key «b»
    b.x = 1 1:11-1:12 «1» key «x»
    b.y = 2 1:17-1:18 «2» key «y»
    Warning Shape 5:3 merge key brings another value for key `x` of line 3: as for Kubernetes the later one counts, other readers take the key's own
    "#);
    assert_snapshot!(value("{<<: {x: 1, y: 1}, <<: {x: 2}, y: 3}"), @r#"{"x":2,"y":3}"#);
}

#[test]
fn merge_key_with_nothing_to_merge() {
    assert_snapshot!(check("a:\n  <<: text\n---\nb: 1\n"), @r#"
    --- 0 plain
    . {} 4:1-4:5
    b = 1 4:4-4:5 «1» key «b»
    Error Shape 2:3 merge key `<<` takes a mapping or a list of mappings, and this is neither, this document was not read
    "#);
    assert_snapshot!(check("a:\n  <<: [{x: 1}, 2]\n"), @"Error Shape 2:3 merge key `<<` takes a mapping or a list of mappings, and this is neither, the document was not read");
}

#[test]
fn documents_of_a_stream() {
    assert_snapshot!(check("a: 1\n---\n# nothing\n---\n---\nb: 2\n...\n---\n- c\n--- d\n"), @r#"
    --- 0 plain
    . {} 1:1-1:5
    a = 1 1:4-1:5 «1» key «a»
    --- 1 plain
    . {} 6:1-6:5
    b = 2 6:4-6:5 «2» key «b»
    --- 2 plain
    . [] 9:3-9:4
    [0] = "c" 9:3-9:4 «c»
    --- 3 plain
    . = "d" 10:5-10:6 «d»
    "#);
    assert_snapshot!(check("# only a comment\n"), @"");
    assert_snapshot!(check("---\n"), @"");
    assert_snapshot!(check("null\n"), @r#"
    --- 0 plain
    . = null 1:1-1:5 «null»
    "#);
}

#[test]
fn truth_values_of_kubernetes() {
    assert_snapshot!(value("[true, True, TRUE, yes, Yes, on, ON]"), @"[true,true,true,true,true,true,true]");
    assert_snapshot!(value("[false, no, NO, off, Off]"), @"[false,false,false,false,false]");
    assert_snapshot!(value("[y, n, Y, N]"), @"[true,false,true,false]");
    assert_snapshot!(value("[tRue, 'yes', \"on\", truely, 'y']"), @r#"["tRue","yes","on","truely","y"]"#);
    assert_snapshot!(value("[null, Null, NULL, ~, nULL, 'null']"), @r#"[null,null,null,null,"nULL","null"]"#);
}

#[test]
fn numbers_of_kubernetes() {
    assert_snapshot!(value("[0, 1, -1, +1, 0644, 0o644, 0x1F, 0b11, 1_000, 089, -0x10]"), @"[0,1,-1,1,420,420,31,3,1000,89.0,-16]");
    assert_snapshot!(value("[1.5, -.5, 1., 1e3, 1E-2, +1.25, 1.0e+2, .inf, .nan, 1e999]"), @r#"[1.5,-0.5,1.0,1000.0,0.01,1.25,100.0,".inf",".nan","1e999"]"#);
    assert_snapshot!(value("[18446744073709551615, -9223372036854775808, 18446744073709551616, -9223372036854775809]"), @r#"[18446744073709551615,-9223372036854775808,"18446744073709551616","-9223372036854775809"]"#);
    assert_snapshot!(value("[0x, 0xG, 1.2.3, 1-2, +, ., '1', 1e, e1, 0x-1, +-5, 12:30, 2001-01-01, 1 2, _1, 0o8]"), @r#"["0x","0xG","1.2.3","1-2","+",".","1","1e","e1","0x-1","+-5","12:30","2001-01-01","1 2","_1","0o8"]"#);
}

#[test]
fn tags() {
    assert_snapshot!(value("[!!str 1, !!int '3', !!float \"1.5\", !!bool 'yes', !!null '', !!int x, ! 12, !!binary aGk=]"), @r#"["1",3,1.5,true,null,"x","12","aGk="]"#);
    assert_snapshot!(value("[!Ref 5, !Sub 'x', !Own {a: 1}, !Own [1]]"), @r#"[5,"x",{"a":1},[1]]"#);
    assert_snapshot!(check("%TAG !e! tag:example.org,2026:\n---\na: !e!t v\n"), @r#"
    --- 0 plain
    . {} 3:1-3:10
    a = "v" 3:9-3:10 «v» key «a»
    "#);
}

#[test]
fn keys_are_named_as_they_are_written() {
    assert_snapshot!(value("1: a\ntrue: b\non: c\n~: d\n1.0: e\n? long\n: f\n'q': g\n"), @r#"{"1":"a","true":"b","on":"c","~":"d","1.0":"e","long":"f","q":"g"}"#);
    assert_snapshot!(check("a: &k key\n*k : v\n"), @r#"
    --- 0 plain
    . {} 1:1-2:7
    a = "key" 1:7-1:10 «key» key «a»
    key = "v" 2:6-2:7 «v» key «*k»
    "#);
}

#[test]
fn key_given_twice() {
    assert_snapshot!(check("a: 1\nb: 2\na: 3\n"), @r#"
    --- 0 plain
    . {} 1:1-3:5
    a = 3 3:4-3:5 «3» key «a»
    b = 2 2:4-2:5 «2» key «b»
    Warning Shape 3:1 key `a` is given twice, first in line 1: the last one counts here, other readers may take the first
    "#);
}

#[test]
fn key_that_is_no_text() {
    assert_snapshot!(check("a: 1\n---\n? [x, y]\n: 1\n---\nc: 1\n"), @r#"
    --- 0 plain
    . {} 1:1-1:5
    a = 1 1:4-1:5 «1» key «a»
    --- 1 plain
    . {} 6:1-6:5
    c = 1 6:4-6:5 «1» key «c»
    Error Shape 3:3 key is a mapping or a sequence, which no object of JSON or Kubernetes can have, this document was not read
    "#);
}

#[test]
fn brackets_that_close_far_left() {
    let text = "a:\n  é: [\n    'x # y', # cömment\n\n    # more\n  ]\n  c: {\n  d: [\n  1,\n  ], # end\n  }\n---\nb: [\n1\n]\n";
    assert_snapshot!(check(text), @r#"
    --- 0 plain
    . {} 1:1-9:4
    a {} 2:3-9:4 key «a»
    a.é [] 2:6-6:4 key «é»
    a.é[0] = "x # y" 3:5-3:12 «'x # y'»
    a.c {} 8:3-9:4 key «c»
    a.c.d [] 9:3-9:4 key «d»
    a.c.d[0] = 1 9:3-9:4 «1»
    --- 1 plain
    . {} 13:1-14:2
    b [] 14:1-14:2 key «b»
    b[0] = 1 14:1-14:2 «1»
    "#);
    assert_snapshot!(check("a:\n  b: [\n    1\n  c: 2\n"), @"Error Syntax 4:4 no valid YAML: illegal placement of ':' indicator, the document was not read");
}

#[test]
fn templates_are_not_passed() {
    assert_snapshot!(check("replicas: {{ .Values.replicas }}\n"), @"Error Syntax 1:14 text looks like a template (`{{`): it must be rendered before it can be judged, and was not read");
    assert_snapshot!(check("{{- if .Values.on }}\na: 1\n{{- end }}\n"), @"Error Syntax 1:3 text looks like a template (`{{`): it must be rendered before it can be judged, and was not read");
    assert_snapshot!(check("metadata:\n  name: web\n  {{- include \"labels\" . | nindent 4 }}\n---\nb: 1\n"), @r#"
    --- 0 plain
    . {} 5:1-5:5
    b = 1 5:4-5:5 «1» key «b»
    Error Syntax 3:5 text looks like a template (`{{`): it must be rendered before it can be judged, and was not read
    "#);
    assert_snapshot!(check("image: \"{{ .Values.image }}\"\n"), @r#"
    --- 0 plain
    . {} 1:1-1:29
    image = "{{ .Values.image }}" 1:8-1:29 «"{{ .Values.image }}"» key «image»
    "#);
}

/// YAML by its quotes, and no object before Helm has filled it in: nobody should take it for one.
#[test]
fn templates_in_quotes_are_said() {
    let object = |kind: &str, value: &str| check(&format!("apiVersion: v1\nkind: {kind}\nspec: [\"{value}\"]\n"));
    let is_said = |text: String| text.contains("Warning Syntax 3:8 text looks like a template");
    for value in [
        "{{ .Values.image }}:1",
        "a:{{ $.Values.tag }}",
        "{{- quote .Values.image -}}",
        "{{ printf '%s' (include \\\"name\\\" .) }}",
    ] {
        assert!(is_said(object("Pod", value)), "{value}");
    }
    assert!(is_said(object("Pod", "a-{{- .Release.Name }}")));
    assert!(is_said(object("Pod", "{{ include \\\"name\\\" . }}")));
    for (kind, value) in [
        ("ConfigMap", "{{ .Values.image }}"),
        ("Pod", "{{ $labels.pod }}"),
        ("Pod", "{{ .Data.x }}"),
        ("Pod", "{{ .CommonLabels.Values }} of .Values.a"),
    ] {
        assert!(!object(kind, value).contains("template"), "{kind} {value}");
    }
    let list = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, spec: \"{{ .Values.a }}\"}\n";
    assert!(check(list).contains("Warning Syntax 4:37 text looks like a template"), "{}", check(list));
}

#[test]
fn reading_goes_on_behind_a_broken_document() {
    assert_snapshot!(check("é: 1\n---\na: [1\nb: 2\n---\nñ: 2\n---\n\tx: - y\n---\nlast: 3\n"), @r#"
    --- 0 plain
    . {} 1:1-1:5
    é = 1 1:4-1:5 «1» key «é»
    --- 1 plain
    . {} 6:1-6:5
    ñ = 2 6:4-6:5 «2» key «ñ»
    --- 2 plain
    . {} 10:1-10:8
    last = 3 10:7-10:8 «3» key «last»
    Error Syntax 4:2 no valid YAML: illegal placement of ':' indicator, this document was not read
    Error Syntax 8:5 no valid YAML: block sequence entries are not allowed in this context, this document was not read
    "#);
    assert_snapshot!(check("a: [\n---\nb: 1\n--- {\n--- 2\n"), @r#"
    --- 0 plain
    . {} 3:1-3:5
    b = 1 3:4-3:5 «1» key «b»
    --- 1 plain
    . = 2 5:5-5:6 «2»
    Error Syntax 2:1 no valid YAML: while parsing a node, did not find expected node content, this document was not read
    Error Syntax 5:1 no valid YAML: while parsing a node, did not find expected node content, this document was not read
    "#);
    assert_snapshot!(check("a: 1\nb: 'open\n"), @"Error Syntax 2:4 no valid YAML: while scanning a quoted scalar, found unexpected end of stream, the document was not read");
    assert_snapshot!(check("a: 1\n---\nb: *missing\n---\nc: &x 1\n---\nd: *x\n---\ne: 1\n"), @r#"
    --- 0 plain
    . {} 1:1-1:5
    a = 1 1:4-1:5 «1» key «a»
    --- 1 plain
    . {} 5:1-5:8
    c = 1 5:7-5:8 «1» key «c»
    --- 2 plain
    . {} 9:1-9:5
    e = 1 9:4-9:5 «1» key «e»
    Error Syntax 3:4 no valid YAML: while parsing node, found unknown anchor, this document was not read
    Error Shape 7:4 alias names no anchor of this document, this document was not read
    "#);
}

#[test]
fn bytes_that_are_no_text() {
    assert_snapshot!(shown_bytes(Format::Yaml, b"a: 1\n---\nb: \xff\n---\nc: 1\n", &Limits::default()), @r#"
    --- 0 plain
    . {} 1:1-1:5
    a = 1 1:4-1:5 «1» key «a»
    Error Encoding 3:4 text is not UTF-8 from here on, the rest was not read
    "#);
    assert_snapshot!(shown_bytes(Format::Yaml, b"\xff\xfea\0:\0", &Limits::default()), @"Error Encoding 1:1 text is UTF-16, the rest was not read");
    assert_snapshot!(check("a: 1\n---\nb: 2\0\nc: 3\n"), @r#"
    --- 0 plain
    . {} 1:1-1:5
    a = 1 1:4-1:5 «1» key «a»
    Error Syntax 3:5 no valid YAML: found unprintable character, the document was not read
    "#);
}

#[test]
fn numbers_are_kept_exactly() {
    let (documents, _) = read(Format::Yaml, b"9007199254740993", &Limits::default());
    assert_eq!(documents[0].root.value, NodeValue::Number(9_007_199_254_740_993_u64.into()));
}

/// The `data` of a document, its numbers as floats: `kubectl` prints an integer of YAML that was a float without its point.
fn data(document: &serde_json::Value) -> serde_json::Value {
    fn floats(value: &serde_json::Value) -> serde_json::Value {
        match value {
            serde_json::Value::Number(number) => number.as_f64().into(),
            serde_json::Value::Array(items) => items.iter().map(floats).collect(),
            serde_json::Value::Object(members) => {
                members.iter().map(|(name, value)| (name.clone(), floats(value))).collect()
            }
            other => other.clone(),
        }
    }
    floats(&document["data"])
}

#[test]
fn the_same_values_as_kubectl() {
    let folder = testkit::workspace().join("fixtures/documents/kubectl");
    let text = std::fs::read(folder.join("values.yaml")).expect("the fixture");
    let theirs = std::fs::read(folder.join("values.json")).expect("what kubectl made of it");
    let theirs: Vec<serde_json::Value> = serde_json::from_slice(&theirs).expect("valid JSON");
    let (documents, problems) = read(Format::Yaml, &text, &Limits::default());
    assert!(problems.iter().all(|problem| problem.severity == model::ProblemSeverity::Warning), "{problems:?}");
    assert_eq!(documents.len(), theirs.len());
    for (ours, theirs) in documents.iter().zip(&theirs) {
        let ours = ours.root.to_json();
        assert!(ours["data"].is_object(), "{ours}");
        assert_eq!(data(&ours), data(theirs), "{}", ours["metadata"]);
    }
}
