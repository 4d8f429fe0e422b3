import Access
import Administration
private import Foundation
import SQLiteStore
import Sealing
import Store
import TestSupport
import Testing

@testable import Interchange

/// A real store of its own, which goes with it, and an Administrator at work.
final class Fixture: Sendable {
  private let path: String
  let keys: TokenKeys
  let made: MadeStore
  let store: any Store
  let administration: Administration

  init(
    _ engine: Engine = .current, permissions: Set<Permission> = Set(Permission.allCases),
    keys: TokenKeys = .ephemeral()
  ) throws {
    path = NSTemporaryDirectory() + "popsec-test-" + UUID().uuidString
    made = try engine.make(StoreFolder(path: path), .start)
    store = made.store
    self.keys = keys
    administration = Self.administration(store, permissions, keys)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Another operator of the same store.
  func operating(with permissions: Set<Permission>) -> Administration {
    Self.administration(store, permissions, keys)
  }

  private static func administration(
    _ store: any Store, _ permissions: Set<Permission>, _ keys: TokenKeys
  ) -> Administration {
    Administration(
      store: store, keys: keys,
      operating: Operator(actor: Actor(name: "tester", frontEnd: .commandLine), permissions: permissions),
      surroundings: Surroundings(now: { .start }, makeTokenID: { TokenID.generate() }))
  }

  func plan(_ text: String) throws -> Plan { try administration.plan(try SecurityFile(text)) }

  /// Plans and applies a file.
  @discardableResult
  func apply(_ text: String) throws -> Plan {
    let file = try SecurityFile(text)
    let plan = try administration.plan(file)
    try administration.apply(file, expecting: plan)
    return plan
  }

  func export(_ format: SecurityFileFormat = .yaml) throws -> String { try administration.export(format) }

  /// What is wrong with a file against this store.
  func problems(_ text: String) throws -> [String] {
    do {
      _ = try plan(text)
      return []
    } catch let errors as SecurityFileErrors { return errors.lines }
  }

  func tokens(of name: String, _ kind: AccountKind = .apiUser) throws -> [Token] {
    try store.read { reader in
      let account = try #require(try reader.account(kind, named: NameKey(try Name(name))))
      return try reader.tokens(of: account.id)
    }
  }
}

extension SecurityFile {
  init(_ text: String) throws { self = try .parse(Array(text.utf8), named: "file") }

  /// What is wrong with a text by itself.
  static func problems(_ text: String, named name: String = "file") -> [String] {
    do {
      _ = try parse(Array(text.utf8), named: name)
      return []
    } catch { return error.lines }
  }
}

extension Timestamp {
  /// 2026-11-23T12:00:00Z: now, in these tests.
  static let start = Timestamp.distantPast.adding(seconds: 1_795_435_200 + 62_135_596_800)
}
