private import CPostgres
internal import Store

extension StoreError {
  /// Translates the errors of the server; this is the one place. Neither SQL nor values are taken over, because they may
  /// hold names and hashes. The codes are those of postgresql.org/docs/15/errcodes-appendix.html.
  ///
  /// - Parameter reason: what libpq says, for errors that concern the connection and not the statement.
  init(_ result: PostgresRows, place: String, reason: String) {
    let code = result.diagnostic(POPSEC_PQ_DIAGNOSTIC_SQLSTATE) ?? ""
    switch code {
    case "55P03", "57014", "40001", "40P01": self = .busy(path: place, writer: nil)
    case "25006": self = .readOnly(path: place)
    case "53100": self = .diskFull(path: place)
    case "42501": self = .notAllowed(path: place, action: "do this with")
    // A schema, a table, a column or a function is missing.
    case "3F000", "42P01", "42703", "42883": self = .foreign(path: place)
    case "XX001", "XX002": self = .corrupt(path: place, detail: "PostgreSQL finds the data damaged")
    case "23505", "23503", "23502", "23514", "P0001", "22021":
      self = .constraint(detail: Self.rule(code, result))
    case "": self = .serverLost(path: place, detail: "the connection to it was lost")
    case _ where code.hasPrefix("57P") || code.hasPrefix("08"):
      self = .serverLost(path: place, detail: "the server ends")
    default: self = .inputOutput(path: place, detail: "PostgreSQL error \(code)")
    }
  }

  /// The violated rule, in the schema's names.
  private static func rule(_ code: String, _ result: PostgresRows) -> String {
    let table = result.diagnostic(POPSEC_PQ_DIAGNOSTIC_TABLE) ?? "something"
    let constraint = result.diagnostic(POPSEC_PQ_DIAGNOSTIC_CONSTRAINT) ?? "a rule of the schema"
    return switch code {
    case "23505": "\(constraint) of \(table) is taken"
    case "23503": "it refers to something that isn't there"
    case "23502": "\(table).\(result.diagnostic(POPSEC_PQ_DIAGNOSTIC_COLUMN) ?? "a value") is missing"
    case "23514": "the check \(constraint) fails"
    case "22021": "a text has a character that PostgreSQL can't keep"
    // The message of one of the schema's triggers, which holds no value.
    default: result.diagnostic(POPSEC_PQ_DIAGNOSTIC_PRIMARY) ?? constraint
    }
  }
}
