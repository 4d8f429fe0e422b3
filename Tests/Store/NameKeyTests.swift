import Access
import Foundation
@testable import SQLStore
@testable import SQLiteStore
import Store
import Testing

@Suite struct NameKeyTests {
  @Test(
    "names that people take for one have one key",
    arguments: [
      ("Portal", "portal"), ("É", "e\u{301}"), ("Å", "\u{212B}"), ("İ", "i\u{307}"), (" a ", "a"), ("Σ", "σ"),
    ])
  func oneKey(one: String, other: String) throws {
    #expect(try Sample.key(one) == Sample.key(other))
  }

  @Test(
    "names that people tell apart have two keys",
    arguments: [("e", "é"), ("a", "b"), ("a", "a b"), ("ss", "ß"), ("fi", "ﬁ"), ("i", "ı")])
  func twoKeys(one: String, other: String) throws {
    #expect(try Sample.key(one) != Sample.key(other))
  }

  @Test(
    "a key of a key is that key", arguments: ["Portal", "İstanbul", "ÅNGSTRÖM", "ﬁ", "\u{1E9B}\u{323}", "日本"])
  func keyIsStable(name: String) throws {
    let key = try Sample.key(name)
    #expect(try Sample.key(key.text) == key)
  }

  @Test("the key of a name in Latin script is the one that Unicode's normal form gives")
  func latin() throws {
    for scalar in (0xC0...0x17F as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init) where scalar != "×" {
      let name = "A\(scalar) \(scalar)\u{301}n"
      let lower = name.precomposedStringWithCanonicalMapping.lowercased()
      #expect(try Sample.key(name).text == lower.precomposedStringWithCanonicalMapping, "\(scalar.codePoint)")
      let short = "A\(scalar)n".lowercased().precomposedStringWithCanonicalMapping
      #expect(try Sample.key("A\(scalar)n").text == short, "\(scalar.codePoint)")
    }
  }

  @Test(
    "a part of a name is found, case and accents ignored",
    arguments: [
      ("Zoë", "zoe"), ("ZOE", "oë"), ("Ångström", "angstrom"), ("ﬁx", "fi"), ("İx", "ix"), ("a%b", "%"),
    ])
  func isFound(name: String, part: String) throws {
    #expect(try Sample.some(SearchText(part)).matches(name))
  }

  @Test("a text that restricts nothing is no search", arguments: ["", "\u{301}"])
  func noSearch(part: String) { #expect(SearchText(part) == nil) }

  @Test(
    "the search index's words are all runs of three, with the end marked",
    arguments: [
      ("abc", "abc bc\u{E000} c\u{E000}\u{E000} "), ("a", "a\u{E000}\u{E000} "),
      ("a b", "a\u{E020}b \u{E020}b\u{E000} b\u{E000}\u{E000} "), ("日", "日\u{E000}\u{E000} "),
    ])
  func grams(name: String, words: String) { #expect(SearchGrams.document(name) == words) }

  @Test(
    "a query asks for the runs of three of a part, or for what begins with a shorter one",
    arguments: [
      ("a", "\"a\" *"), ("ab", "\"ab\" *"), ("abc", "\"abc\""), ("abcd", "\"abc\" AND \"bcd\""),
      ("aaaa", "\"aaa\""), ("\"*", "\"\u{E022}\u{E02A}\" *"),
    ])
  func query(part: String, expected: String) { #expect(SearchGrams.query(part) == expected) }

  @Test("a folder's path has no slash at its end", arguments: [("/a/b//", "/a/b"), ("/", "/"), ("x", "x")])
  func folder(path: String, expected: String) {
    #expect(StoreFolder(path: path).path == expected)
    #expect(StoreFolder(path: path).database == expected + "/popsec.db")
  }
}
