import Testing

@testable import Interchange

@Suite("Errors in the entries of a security file")
struct EntryErrorTests {
  @Test(
    "name the place, what is wrong, and what was meant",
    arguments: [
      ("  - {name: A, rolse: []}", "3:15: a team has no key “rolse”; did you mean “roles”?"),
      (
        "  - {name: A, zzz: []}",
        "3:15: a team has no key “zzz”; it may have name, description, roles or grants"
      ),
      ("  - {description: x}", "3:5: a team needs the key “name”"),
      ("  - A", "3:5: a team must be a mapping, this is text"),
      ("  - {name: ''}", "3:12: a name must not be empty"),
      ("  - {name: }", "3:12: a name must be text, this is nothing"),
      (
        "  - {name: ~}", "3:12: a name must be text, this is nothing; put it in quotes if it is meant as text"
      ),
      ("  - {name: [A]}", "3:12: a name must be text, this is a list"),
      ("  - {name: \"a\\tb\"}", "3:12: a name must not contain the control character U+0009"),
      ("  - {name: \"a\\u202Eb\"}", "3:12: a name must not contain the control character U+202E"),
      ("  - {name: A, roles: R}", "3:22: roles must be a list, this is text"),
      ("  - {name: A, roles: [a, A]}", "3:26: role “A” is there twice; it stands at 3:23 already"),
      ("  - {name: A}\n  - {name: \" a\"}", "4:12: team “a” is there twice; it stands at 3:12 already"),
      ("  - {name: A, grants: [{roles: []}]}", "3:24: a grant needs the key “connector”"),
      (
        "  - {name: A, grants: [{connector: C}, {connector: c}]}",
        "3:52: there are two grants on the connector “c”; it stands at 3:36 already"
      ),
      (
        "  - {name: A, grants: [{connector: C, roles: [Usr]}]}",
        "3:47: there is no connector role “Usr”; did you mean “User”?"
      ),
      (
        "  - {name: A, grants: [{connector: C, lists: some}]}",
        "3:46: lists must be a list or the word all, this is text"
      ),
      (
        "  - {name: A, grants: [{connector: C, lists: [L], actions: [{list: M, name: x}]}]}",
        "3:68: the grant gives the action “x” of the list “M”, which it does not cover; "
          + "add the list to the grant's lists, or take the action out"
      ),
    ])
  func team(entry: String, message: String) {
    #expect(SecurityFile.problems("popsec: 1\nteams:\n\(entry)\n") == ["file:" + message])
  }

  @Test(
    "errors in tokens and accounts are reported in the same way",
    arguments: [
      ("enabled: yes", "5:14: enabled must be true or false, this is text"),
      ("enabled: \"true\"", "5:14: enabled must be true or false, this is text"),
      (
        "unix: 1st",
        "5:11: “1st” is no name of a Unix account; it has 1 to 32 of a-z, A-Z, 0-9, _, - and ., and begins with a letter or _"
      ),
      (
        "keys: [hello]",
        "5:12: this is no SSH public key; it is one line as in a .pub file: ssh-ed25519 AAAA… comment"
      ),
      ("tokens:", "5:12: tokens must be a list, this is nothing"),
      (
        "tokens: [{name: t, expires: soon}]",
        "5:33: “soon” is no time; write it as 2027-02-21T00:00:00Z or as a day, or never"
      ),
      (
        "tokens: [{name: t, expires: 2027-02-30}]",
        "5:33: “2027-02-30” is no time; write it as 2027-02-21T00:00:00Z or as a day, or never"
      ),
      (
        "tokens: [{name: t, networks: [10.0.0.1/8]}]",
        "5:35: “10.0.0.1/8” is no network; write it as 10.0.0.0/8 or 2001:db8::/32, with no bits set beyond the prefix"
      ),
      ("tokens: [{name: t, ratePerMinute: 0}]", "5:39: ratePerMinute must be from 1 to 1000000"),
      (
        "tokens: [{name: t, ratePerMinute: many}]", "5:39: ratePerMinute must be a whole number, this is text"
      ),
      ("tokens: [{name: t}, {name: T}]", "5:32: token “T” is there twice; it stands at 5:21 already"),
    ])
  func user(member: String, message: String) {
    let text = "popsec: 1\nusers:\n  -\n    name: u\n    \(member)\n"
    #expect(SecurityFile.problems(text) == ["file:" + message])
  }

  @Test(
    "errors in the catalogue and in roles are reported in the same way",
    arguments: [
      ("widgets: [{name: W, connector: C, url: /x}]", "3:42: an address begins with https:// or http://"),
      (
        "widgets: [{name: W, connector: C, url: 'https://e.org/?token=x'}]",
        "3:42: an address must not have a token parameter of its own"
      ),
      (
        "widgets: [{name: W, connector: C, url: 'https://e.org/', parameters: {lsit: l}}]",
        "3:73: the parameters of a widget has no key “lsit”; did you mean “list”?"
      ),
      (
        "widgets: [{name: W, connector: C, url: 'https://e.org/', parameters: {list: token}}]",
        "3:79: the query parameter “token” is the Token ID's"
      ),
      (
        "widgets: [{name: W, connector: C, url: 'https://e.org/', parameters: {list: a, company: a}}]",
        "3:91: one query parameter narrows two things; it stands at 3:79 already"
      ),
      (
        "endpoints: [{name: E, connector: C, list: L, url: 'https://e.org/', methods: [get]}]",
        "3:81: “get” is no HTTP method; did you mean GET?"
      ),
      (
        "endpoints: [{name: E, connector: C, list: L, url: 'https://e.org/', match: exat}]",
        "3:78: there is no match “exat”; did you mean “exact”?"
      ),
      (
        "endpoints: [{name: E, connector: C, list: L, url: 'https://e.org/{a}-{b}'}]",
        "3:53: a segment of a path must not have two parameters"
      ),
      (
        "endpoints: [{name: E, connector: C, list: L, url: 'https://e.org/{a'}]",
        "3:53: a parameter of a path is a name in braces, as in /orders/{id}; other braces are encoded"
      ),
      (
        "widgets: [{name: W, connector: C, url: 'https://e.org/{id}'}]",
        "3:42: a widget's address must not have a {parameter}; only an endpoint's may"
      ),
      (
        "widgets: [{name: W, connector: C, url: 'https://e.org/', match: exact}]",
        "3:60: a widget has no key “match”; it may have name, url, connector, lists, enabled, open or parameters"
      ),
      (
        "endpoints: [{name: E, connector: C, list: L, url: 'https://e.org/', methods: []}]",
        "3:80: an endpoint takes at least one method; drop the key for GET"
      ),
      (
        "connectors: [{name: C, companies: [a, B, b]}]",
        "3:44: company “b” is there twice; it stands at 3:41 already"
      ),
      (
        "connectors: [{name: C, lists: [{name: L, actions: [x, X]}]}]",
        "3:57: action “X” is there twice; it stands at 3:54 already"
      ),
      ("connector: []", "3:3: the catalogue has no key “connector”; did you mean “connectors”?"),
      (
        "widgets: {}",
        "3:12: widgets must be a list, this is a mapping; an empty list, [], removes all; leave the section out to leave it alone"
      ),
    ])
  func catalogue(member: String, message: String) {
    #expect(SecurityFile.problems("popsec: 1\ncatalogue:\n  \(member)\n") == ["file:" + message])
  }

  @Test(
    "a built-in name and an unknown permission are errors in roles",
    arguments: [
      (
        "{name: administrator}",
        "2:16: “administrator” is the name of a built-in role; built-in roles are always there; choose another name"
      ),
      (
        "{name: R, permissions: [security.raed]}",
        "2:33: there is no permission “security.raed”; did you mean “security.read”?"
      ),
    ])
  func role(entry: String, message: String) {
    #expect(SecurityFile.problems("popsec: 1\nroles: [\(entry)]\n") == ["file:" + message])
  }

  @Test("are all told at once, in the order of the file")
  func together() {
    let text = """
      popsec: 1
      teams:
        - nmae: A
          roles: [x, x]
      users:
        - name: u
          unix: ops
          enabled: maybe
        - name: v
          unix: ops
      roles: [{name: R, permissions: [nothing]}]
      """
    #expect(
      SecurityFile.problems(text).map { String($0.prefix { $0 != ";" }) } == [
        "file:3:5: a team has no key “nmae”", "file:3:5: a team needs the key “name”",
        "file:4:16: role “x” is there twice", "file:8:14: enabled must be true or false, this is text",
        "file:10:11: two users have the Unix account “ops”",
        "file:11:33: there is no permission “nothing”",
      ])
  }

  @Test("show text that could do harm harmlessly")
  func harmless() {
    let lines = SecurityFile.problems("popsec: 1\n\"a\\e[31m\\u202Eb\": 1\n")
    #expect(lines.first?.contains("“a\\u{1B}[31m\\u{202E}b”") == true)
  }

  @Test(
    "tell two addresses that one request could mean",
    arguments: [
      ("https://e.org/a", "https://e.org/a", true),
      ("https://e.org/a", "http://E.org:8080/a", true),
      ("https://e.org", "https://e.org/", true),
      ("https://e.org/a?x=1", "https://e.org/a?y=2", true),
      ("https://e.org/a?x=1", "https://e.org/a", true),
      ("https://e.org/a?x=1", "https://e.org/a?x=2", false),
      ("https://e.org/a", "https://e.org/a/b", false),
      ("https://e.org/a", "https://f.org/a", false),
    ])
  func addresses(first: String, second: String, isAmbiguous: Bool) {
    let text = """
      popsec: 1
      catalogue:
        widgets:
          - {name: W, connector: C, url: '\(first)'}
        endpoints:
          - {name: E, connector: C, list: L, url: '\(second)'}
      """
    let expected =
      "file:6:45: a request could mean the endpoint “E” as well as the widget “W”; "
      + "give them addresses that differ in host, path, match or the value of a query parameter"
    #expect(SecurityFile.problems(text) == (isAmbiguous ? [expected] : []))
    // An exact address is another than the prefix of the same path.
    let exact = text.dropLast() + ", match: exact}"
    #expect(SecurityFile.problems(String(exact)) == [])
  }
}
