import './call-colours.css'

/** The screens of calls, loaded together once the network is there. */
export { default as CallBar } from './CallBar.vue'
export { default as CallLayer } from './CallLayer.vue'
