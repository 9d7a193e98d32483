import chat from './chat.json'
import connection from './connection.json'
import home from './home.json'
import moments from './moments.json'
import people from './people.json'
import problems from './problems.json'
import rooms from './rooms.json'
import start from './start.json'

export const first = { chat, connection, home, moments, people, problems, rooms, start }
