import Access
import Administration
import Interchange

/// Reads a whole file of the machine that popsec runs on. Nil for those who came over SSH.
package typealias FileReading = @Sendable (_ path: String) throws -> [UInt8]

extension ConsoleContext {
  /// Whether documents can be imported here.
  var mayImport: Bool { readFile != nil && may(.catalogueManage) }
}

/// A document with its plan.
struct PlannedImport: Sendable {
  let imported: CatalogueImport
  let plan: ImportPlan
}

/// What a person typed to import something.
struct ImportRequest: Sendable {
  let file: String
  /// Nil: guessed by what stands in it.
  let format: ImportFormat?
  let connector: String
  let companies: String
  let mapping: String

  /// Reads, and plans.
  func planned(
    _ context: ConsoleContext, _ readFile: FileReading
  ) -> Result<PlannedImport, ImportDialog.Refusal> {
    do {
      let options = ImportOptions(connector: try connectorName(), companies: try companyNames())
      let mapping = try refusing(.mapping) {
        self.mapping.isEmpty
          ? nil : try ImportMapping.parse(try readFile(self.mapping), named: self.mapping)
      }
      return .success(
        try refusing(.file) {
          let imported = try parsed(try readFile(file), options, mapping)
          return PlannedImport(imported: imported, plan: try context.administration.plan(imported))
        })
    } catch {
      return .failure(
        error as? ImportDialog.Refusal ?? ImportDialog.Refusal(field: .file, problem: Problem(error)))
    }
  }

  private func parsed(
    _ bytes: [UInt8], _ options: ImportOptions, _ mapping: ImportMapping?
  ) throws -> CatalogueImport {
    guard let format = format ?? ImportFormat.guess(bytes) else {
      throw Trouble(
        "this looks like none of the formats", hint: "if it is one, choose it", exitStatus: .badData)
    }
    return try CatalogueImport.parse(bytes, named: file, as: format, options, mapping: mapping)
  }

  private func connectorName() throws -> Name? {
    try connector.isEmpty
      ? nil : refusing(.connector) { try named { () throws(NameProblem) in try Name(connector) } }
  }

  private func companyNames() throws -> [Name]? {
    try companies.isEmpty ? nil : refusing(.companies) { try ImportOptions.names(in: companies) }
  }

  private func named(_ name: () throws(NameProblem) -> Name) throws -> Name {
    do throws(NameProblem) { return try name() } catch {
      throw Trouble(error.description, exitStatus: .usage)
    }
  }

  /// What goes wrong is told at that field.
  private func refusing<Value>(_ field: ImportDialog.Field, _ body: () throws -> Value) throws -> Value {
    do { return try body() } catch {
      let problem = (error as? SecurityFileErrors).map(first) ?? Problem(error)
      throw ImportDialog.Refusal(field: field, problem: problem)
    }
  }

  /// The first of some errors; the file's name stands above it.
  private func first(of errors: SecurityFileErrors) -> Problem {
    guard let first = errors.problems.first else { return Problem(errors) }
    let more = errors.problems.count > 1 ? "and \(errors.problems.count - 1) more errors" : nil
    return Problem("line \(first.position.line): \(first.message)", hint: first.hint ?? more)
  }
}
