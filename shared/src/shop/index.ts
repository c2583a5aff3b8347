export { AddToCart, type Cart, CheckOut, emptyCart, SubmitOrder } from './carts.ts'
export { CouponGranted, GrantCoupon } from './coupons.ts'
export { type Item, items } from './items.ts'
export {
  AddItem,
  emptyOrder,
  FirstItemAdded,
  ItemAdded,
  ItemRemoved,
  type Order,
  OrderPlaced,
  RemoveItem,
  withItem,
  withoutItem,
} from './orders.ts'
export {
  BookPayment,
  CancelPayment,
  PaymentBooked,
  PaymentCancelled,
  PaymentDeclined,
} from './payments.ts'
