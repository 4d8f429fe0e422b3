import Access

/// Names of API users as companies choose them: a purpose, a place and a number. Each index has its own name,
/// and one in ten is not ASCII.
enum Names {
  private static let purposes = [
    "Portal", "Warehouse", "Sales widget", "Billing", "Partner shop", "Reports", "Field service", "Orders",
    "Price list", "Inventory", "Returns", "Shipping", "Catalogue", "Vendor desk", "Planning", "Dashboard",
    "Kiosk", "Invoice archive", "Call center", "Procurement",
  ]
  private static let places = [
    "Mexico", "Monterrey", "Guadalajara", "Texas", "Ohio", "Toronto", "Madrid", "Lisbon", "Paris", "Lyon",
    "Hamburg", "Vienna", "Milan", "Oslo", "Leeds", "Dublin", "Austin", "Denver", "Tampa", "Quito", "Lima",
    "Bogota", "Santiago", "Sydney", "Perth",
  ]
  private static let others = [
    "Almacén Querétaro", "Código Perú", "Größenberater Köln", "Bestellungen Zürich", "Łódź magazyn",
    "Prodejna Plzeň", "Müşteri İzmir", "Склад Москва", "Портал Киев", "Αποθήκη Αθήνα", "ポータル東京", "在庫管理",
    "销售门户", "창고 서울", "בית מלאי", "بوابة المبيعات", "बिक्री पोर्टल", "Ｆｕｌｌ ｗｉｄｔｈ", "ﬁne goods", "São João",
  ]

  static func name(_ index: Int) throws -> Name {
    // The stride has no factor in common with the counts, so that names aren't made in their order.
    let mixed = index &* 7_919
    let number = String(index + 1)
    let digits = String(repeating: "0", count: max(0, 6 - number.count)) + number
    if index % 10 == 9 { return try Name("\(others[mixed / 10 % others.count]) \(digits)") }
    return try Name("\(purposes[mixed % purposes.count]) \(places[mixed / 20 % places.count]) \(digits)")
  }
}
