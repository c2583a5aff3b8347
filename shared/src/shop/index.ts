export { AddToCart, type Cart, CheckOut, emptyCart, SubmitOrder } from './carts.ts'
export { type Item, items } from './items.ts'
export { AddItem, emptyOrder, ItemAdded, type Order, withItem } from './orders.ts'
