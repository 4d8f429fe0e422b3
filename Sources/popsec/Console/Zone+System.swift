import Access
import Console
import Foundation

extension Zone {
  /// The zone of the environment's `TZ`, or else of the system (tzset(3)).
  static let system: Zone = {
    tzset()
    return Zone { instant in
      var seconds = time_t(instant.secondsSince1970)
      var local = tm()
      guard localtime_r(&seconds, &local) != nil, let name = local.tm_zone else {
        return Zone.utc.offset(at: instant)
      }
      return Offset(seconds: Int64(local.tm_gmtoff), abbreviation: String(cString: name))
    }
  }()
}

extension Zone {
  /// The zone with a name that the machine knows. It becomes the zone of this process, because localtime_r(3) knows no
  /// other. This must be called before there are threads.
  static func named(_ name: String) -> Zone {
    setenv("TZ", name, 1)
    tzset()
    return .system
  }
}

extension ConfigVocabulary.TimeZoneNames {
  private static let folder = "/usr/share/zoneinfo"

  /// The zones of the machine (tzfile(5)).
  static let system = ConfigVocabulary.TimeZoneNames(isKnown: isKnown, all: all)

  private static func isKnown(_ name: String) -> Bool {
    if name == "UTC" { return true }
    let isPlain = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "/_-+".utf8.contains(byte)
    }
    guard isPlain, !name.isEmpty, !name.hasPrefix("/"), name.utf8.count <= 60,
      let file = fopen("\(folder)/\(name)", "r")
    else { return false }
    defer { fclose(file) }
    var magic = [UInt8](repeating: 0, count: 4)
    return fread(&magic, 1, 4, file) == 4 && magic == Array("TZif".utf8)
  }

  /// The names of the table of zones. A machine without the table has no names to offer.
  private static func all() -> [String] {
    let table = FileManager.default.contents(atPath: "\(folder)/tzdata.zi") ?? Data()
    let lines = String(decoding: table, as: UTF8.self).split(separator: "\n")
    return lines.compactMap { line in
      let parts = line.split(separator: " ")
      switch parts.first {
      case "Z": return parts.count > 1 ? String(parts[1]) : nil
      case "L": return parts.count > 2 ? String(parts[2]) : nil
      default: return nil
      }
    } + ["local"]
  }
}
