/// PostgreSQL's form of the SQL that the engines share. Everything that differs stands here.
enum PostgresSQL {
  /// What SQLite writes, and what PostgreSQL writes instead. The functions that SQLite has are made by the schema for
  /// PostgreSQL too: `instr`, `min` and `max` of two numbers, `json_extract`, `popsec_grams`.
  private static let words: [(shared: String, here: String)] = [
    // PostgreSQL keeps the order of joins to itself.
    ("CROSS JOIN ", "JOIN "),
    ("group_concat(", "string_agg("),
    // Names are found by a GIN index over the grams of all names.
    ("s.account_search MATCH ?", "s.grams @@ popsec_gram_query(?)"),
    ("account_search MATCH ?", "grams @@ popsec_gram_query(?)"),
    (
      "INSERT INTO account_search (rowid, grams) SELECT number, ? FROM account WHERE id = ?",
      "INSERT INTO account_search (rowid, grams) SELECT number, popsec_grams(?) FROM account WHERE id = ?"
    ),
    (
      "INSERT INTO account_search (account_search, rowid, grams) VALUES ('delete', ?, ?)",
      "DELETE FROM account_search WHERE rowid = ? AND ? IS NOT NULL"
    ),
  ]

  /// A statement in PostgreSQL's form, with its values numbered as SQLite numbers them: `?` is the number behind the
  /// greatest so far (sqlite.org/lang_expr.html#varparam).
  static func statement(_ sql: String) -> String {
    var text = sql
    for (shared, here) in words where text.contains(shared) { text = text.replacing(shared, with: here) }
    return numbered(withoutIndexes(text))
  }

  /// A script of the schema in PostgreSQL's form. Texts are compared by their bytes, whatever the database's collation.
  static func script(_ sql: String) -> String {
    withoutComments(sql).replacing(#/\b(TEXT|INTEGER|BLOB)\b/#) { match in
      switch match.output.1 {
      case "TEXT": "TEXT COLLATE \"C\""
      case "INTEGER": "BIGINT"
      default: "BYTEA"
      }
    }
  }

  private static func withoutComments(_ sql: String) -> String {
    sql.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.drop { $0 == " " }.hasPrefix("--") ? "" : $0 }.joined(separator: "\n")
  }

  private static func withoutIndexes(_ sql: String) -> String {
    guard sql.contains("INDEXED BY") else { return sql }
    return sql.replacing(#/ INDEXED BY [a-z_]+/#, with: "")
  }

  private static func numbered(_ sql: String) -> String {
    var (text, last) = ("", 0)
    text.reserveCapacity(sql.utf8.count + 16)
    var rest = sql[...]
    var isQuoted = false
    while let letter = rest.popFirst() {
      if letter == "'" { isQuoted.toggle() }
      guard letter == "?", !isQuoted else {
        text.append(letter)
        continue
      }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      let number = Int(digits) ?? last + 1
      last = max(last, number)
      text += "$\(number)"
    }
    return text
  }

  /// A query that gives its first rows only.
  static func limited(_ sql: String, to count: Int) -> String {
    guard sql.hasPrefix("SELECT") || sql.hasPrefix("WITH") else { return sql }
    let behindLastParenthesis = sql.lastIndex(of: ")").map { sql[$0...] } ?? sql[...]
    return behindLastParenthesis.contains("LIMIT") ? sql : sql + " LIMIT \(count)"
  }
}
