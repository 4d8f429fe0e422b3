import Access
import Administration
import Foundation
import Store
import Testing

@testable import Interchange

/// The documents beside the tests.
enum Document {
  static let businessCentral = "business-central.xml"
  static let webshop = "webshop.yaml"
  static let gitHub = "github-cut.yaml"

  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return Array(try Data(contentsOf: folder.appendingPathComponent("Documents/" + name)))
  }

  /// OData metadata with that in its schema `NS`, and these sets of type `NS.T`.
  static func odata(_ schema: String, sets: [String] = ["As"], type: String = "NS.T") -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
    <Schema Namespace="NS" Alias="Self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
    \(schema)
    <EntityContainer Name="C">\(sets.map { "<EntitySet Name=\"\($0)\" EntityType=\"\(type)\"/>" }.joined())
    </EntityContainer></Schema></edmx:DataServices></edmx:Edmx>
    """
  }

  /// An OpenAPI document with these paths.
  static func openAPI(_ paths: String) -> String {
    "openapi: 3.0.3\ninfo: {title: Shop}\nservers: [{url: 'https://shop.example.com/api/'}]\npaths:\n\(paths)\n"
  }
}

extension CatalogueImport {
  /// Reads a text; the connector of what does not say is C.
  init(
    _ text: String, _ format: ImportFormat, _ options: ImportOptions? = nil, map: String? = nil
  ) throws {
    let mapping = try map.map { try ImportMapping.parse(Array($0.utf8), named: "map") }
    self = try .parse(
      Array(text.utf8), named: "doc", as: format, try options ?? .named("C"), mapping: mapping)
  }

  /// What is wrong with a text.
  static func problems(
    _ text: String, _ format: ImportFormat, _ options: ImportOptions? = nil, map: String? = nil
  ) throws -> [String] { try problems(Array(text.utf8), format, options, map: map) }

  static func problems(
    _ bytes: [UInt8], _ format: ImportFormat, _ options: ImportOptions? = nil, map: String? = nil
  ) throws -> [String] {
    do {
      let mapping = try map.map { try ImportMapping.parse(Array($0.utf8), named: "map") }
      _ = try CatalogueImport.parse(
        bytes, named: "doc", as: format, try options ?? .named("C"), mapping: mapping)
      return []
    } catch {
      return (error as? SecurityFileErrors)?.lines ?? ["\(error)"]
    }
  }

  /// Lists as `group/name: kind item, …`.
  var listWords: [String] {
    connectors.flatMap(\.entry.lists).map { list in
      let items = ItemKind.allCases.flatMap { kind in
        (list.items[kind] ?? []).map { "\(kind.words) \($0.name.text)" }
      }
      let title = (list.group.map { "\($0.text)/" } ?? "") + list.named.name.text
      return items.isEmpty ? title : "\(title): \(items.joined(separator: ", "))"
    }
  }

  /// Endpoints as `METHOD url list name`.
  var endpointWords: [String] {
    connectors.flatMap { $0.endpoints ?? [] }.map {
      "\($0.methods.map(\.rawValue).joined()) \($0.address.value.text) \($0.list.name.text) \($0.named.name.text)"
    }
  }

  var noteWords: [String] { notes.map(\.words) }
}

extension ImportOptions {
  static func named(
    _ connector: String, companies: [String]? = nil, grouping: Grouping = .none
  ) throws -> ImportOptions {
    ImportOptions(
      connector: try Name(connector), companies: try companies.map { try $0.map { try Name($0) } },
      grouping: grouping)
  }
}

extension Fixture {
  /// Plans and carries out an import.
  @discardableResult
  func carryOut(_ imported: CatalogueImport) throws -> ImportPlan {
    let plan = try administration.plan(imported)
    try administration.carryOut(imported, expecting: plan)
    return plan
  }
}

extension ImportPlan {
  var words: [String] { lines().map { $0.tone == .heading ? $0.text : "\($0.tone.sign) \($0.text)" } }
}
